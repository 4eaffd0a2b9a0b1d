/**
 * What a typed text was taken for. Never an exception: a person's input is data.
 * `sure` false: the value was inferred (an old place name, «2 trăm rưỡi») and should be read back for a yes.
 * `why` is a kebab-case reason; its words are in `content/texts/*` under `refusal`.
 */
export type Understood<T> =
  | { readonly understood: true; readonly value: T; readonly sure: boolean }
  | { readonly understood: false; readonly why: string; readonly candidates?: readonly T[] };

export const understood = <T>(value: T, sure = true): Understood<T> => ({ understood: true, value, sure });
export const notUnderstood = (why: string): Understood<never> => ({ understood: false, why });
