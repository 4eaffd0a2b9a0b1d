/** Word lists of `content/lexicon` that searching needs. (Filled by the owner of `faq`.) */
export interface SearchWords {
  /** Short form → long forms («kc» → «khuyến công»); several when it is ambiguous. */
  readonly abbreviations: Readonly<Record<string, readonly string[]>>;
}
