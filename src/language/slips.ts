/** One letter added, left out, changed, or two neighbours swapped. */
export function isOneSlip(one: string, other: string): boolean {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const [left, right] = [one.slice(at), other.slice(at)];
  if (left.length === right.length) {
    const swapped = left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2) && left.length > 1;
    return swapped || left.slice(1) === right.slice(1);
  }
  return left.length > right.length ? left.slice(1) === right : left === right.slice(1);
}
