/** Word lists of `content/lexicon` that reading typed values needs: units of money, yes and no … (Filled by the owner of `language`.) */
export interface ValueWords {
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly unsure: readonly string[];
}
