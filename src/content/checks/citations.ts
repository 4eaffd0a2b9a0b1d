/** A citation names an instrument and an article that are on file; a rule always names its article. */
import { findingsIn, type Finding } from '../finding.ts';
import { nearest } from '../nearest.ts';
import type { Check, CheckContext } from './check.ts';
import { citedIn, partCite, type Cited } from './cited.ts';

export const citations: Check = (context) => [...citedIn(context.draft)].flatMap((cited) => checkCite(cited, context));

function checkCite(cited: Cited, { draft }: CheckContext): readonly Finding[] {
  const { error, warning } = findingsIn(cited.file);
  const { instrument, article } = partCite(cited.cite);
  const legal = draft.legal.get(instrument)?.item;
  if (legal === undefined) {
    if (draft.broken.has(`legal/${instrument}`)) return [];
    return [error('unknown-instrument', cited.line, { id: instrument, near: nearest(instrument, draft.legal.keys()) })];
  }
  const known = Object.keys(legal.articles);
  if (article === null) {
    // Where no article of a text was ever seen there is none to name; whoever adds one is told by the error.
    if (known.length > 0)
      return [error('rule-without-article', cited.line, { cite: cited.cite, known: known.join(', ') })];
    return cited.of === 'rule' ? [warning('article-not-on-file', cited.line, { cite: cited.cite })] : [];
  }
  if (Object.hasOwn(legal.articles, article)) return [];
  const near = nearest(article, known);
  return [error('unknown-article', cited.line, { cite: cited.cite, article, near: near && `${instrument}#${near}` })];
}
