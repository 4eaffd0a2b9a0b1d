/** An issue of the content as one line: `file:line severity [rule] message hint`. */
import type { Issue, Values } from '../content/index.ts';

export function issueLine(issue: Issue, words: (key: string, values?: Values) => string): string {
  const severity = words(`cli.severity.${issue.severity}`);
  const hint = issue.hint === '' ? '' : ` ${issue.hint}`;
  return `${issue.file}:${issue.line} ${severity} [${issue.rule}] ${issue.message}${hint}`;
}
