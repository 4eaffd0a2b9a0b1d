/** Ends a switch over a union: the compiler refuses it while a kind is unhandled; at run time it throws (a bug). */
export function exhaustive(value: never): never {
  throw new Error(`Unhandled kind: ${JSON.stringify(value)}`);
}
