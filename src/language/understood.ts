/**
 * What a typed text was taken for. Never an exception: a person's input is data.
 * `sure` false: the value was inferred (an old place name, «1 tỷ 2») and should be read back for a yes; `others` are
 * what else it may have meant.
 * `why` is a kebab-case reason; its words are in `content/texts/*` under `refusal`. `candidates` are values to ask
 * about («Ý anh/chị là 250 triệu đồng?»), likeliest first.
 */
export type Understood<T> =
  | { readonly understood: true; readonly value: T; readonly sure: boolean; readonly others?: readonly T[] }
  | NotUnderstood<T>;

export interface NotUnderstood<T> {
  readonly understood: false;
  readonly why: string;
  readonly candidates?: readonly T[];
}

export const understood = <T>(value: T, sure = true): Understood<T> => ({ understood: true, value, sure });

export const notUnderstood = <T = never>(why: string, candidates: readonly T[] = []): NotUnderstood<T> =>
  candidates.length === 0 ? { understood: false, why } : { understood: false, why, candidates };
