/**
 * What a check found, before it is put into words: the rule and the values of its message. The words stand in
 * `content/texts/<lang>/check.yaml` under the name of the rule, so that no sentence for editors is in code.
 */
import type { Issue } from './issue.ts';
import type { TextTree } from './pack.ts';

export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly values: Readonly<Record<string, string>>;
}

/** Makes findings of one file; `values` fill the words of the rule. */
export function findingsIn(file: string) {
  const make =
    (severity: Finding['severity']) =>
    (rule: string, line: number, values: Finding['values'] = {}): Finding => ({ file, line, rule, severity, values });
  return { error: make('error'), warning: make('warning') };
}

function lookUp(tree: TextTree | undefined, path: readonly string[]): string | undefined {
  let at: string | TextTree | undefined = tree;
  for (const step of path) at = typeof at === 'object' && Object.hasOwn(at, step) ? at[step] : undefined;
  return typeof at === 'string' ? at : undefined;
}

/** The template with its places filled; undefined when a value for a place is missing or empty. */
function fill(template: string | undefined, values: Finding['values']): string | undefined {
  if (template === undefined) return undefined;
  let complete = true;
  const text = template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === '') complete = false;
    return value ?? '';
  });
  return complete ? text : undefined;
}

/** Puts a finding into words. Without words for its rule the bare facts are shown. */
export function wordIssue(finding: Finding, words: TextTree | undefined): Issue {
  const { file, line, rule, severity, values } = finding;
  const facts = [rule, ...Object.values(values)].join(' · ');
  const hint = (name: string) => fill(lookUp(words, [rule, name]), values);
  const near = values['near'] === undefined ? undefined : fill(lookUp(words, ['did-you-mean']), values);
  return {
    file,
    line,
    rule,
    severity,
    message: fill(lookUp(words, [rule, 'message']), values) ?? facts,
    hint: near ?? hint('hint') ?? '',
  };
}

const bySeverity = { error: 0, warning: 1 } as const;

/** Errors first, then by file and line; the same finding once. */
export function sortIssues(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Map(issues.map((issue) => [`${issue.file}\0${issue.line}\0${issue.rule}\0${issue.message}`, issue]));
  return [...seen.values()].sort(
    (one, two) =>
      bySeverity[one.severity] - bySeverity[two.severity] ||
      (one.file < two.file ? -1 : one.file > two.file ? 1 : one.line - two.line),
  );
}
