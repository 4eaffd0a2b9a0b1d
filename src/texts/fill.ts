/** Puts values in the places `{{name}}` of runs that have been read already, so that a value stays plain text. */
import { isSafeHref, type Run } from '../content/index.ts';

/** The value of a name as text; null when none was given. */
export type Filler = (name: string) => string | null;

const PLACE = /\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}/g;

/** A place without a value keeps its braces, which is seen at once. */
export const fillText = (template: string, fill: Filler): string =>
  template.replace(PLACE, (place, name: string) => fill(name) ?? place);

/** Fills the text and the address of each run; an address that is none after filling is dropped. */
export function fillRuns(runs: readonly Run[], fill: Filler): readonly Run[] {
  return runs.map((run) => {
    const text = fillText(run.text, fill);
    if (run.href === undefined) return { ...run, text };
    const { href, ...rest } = run;
    const filled = fillText(href, (name) => fill(name)?.replace(/\s+/g, '') ?? null);
    return isSafeHref(filled) ? { ...rest, text, href: filled } : { ...rest, text };
  });
}
