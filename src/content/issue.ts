/** What a content check has to say about a file: where, by which rule, how bad, and what to do. */
export interface Issue {
  /** Path relative to the content folder, with `/`. */
  readonly file: string;
  /** 1-based; 1 when the whole file is meant. */
  readonly line: number;
  /** kebab-case name of the rule. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** In Vietnamese, for the editor. */
  readonly message: string;
  /** What to do, in Vietnamese; may be empty. */
  readonly hint: string;
}
