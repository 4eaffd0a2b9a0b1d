/** An amount of money: a whole number of đồng, never a fraction. */
declare const dong: unique symbol;
export type Dong = number & { readonly [dong]: true };

/** Makes an amount of đồng. Throws RangeError when it is no safe whole number (a bug: typed input is judged before). */
export function dongs(amount: number): Dong {
  if (!Number.isSafeInteger(amount)) throw new RangeError('An amount of đồng must be a safe whole number');
  return amount as Dong;
}
