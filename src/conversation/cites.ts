/** Sources in words: which text, which article, whether it is in force on the day, when it was last checked, how sure. */
import { type Day, legalId } from '../base/index.ts';
import type { Block, Certainty, Label, LegalInstrument } from '../content/index.ts';
import { list, named, para } from './step.ts';
import type { Library } from './library.ts';

/** `nd-45-2012#1.2.a` → instrument and the article's key («» when the whole text is meant). */
function parseCite(cite: string): { id: string; article: string } {
  const at = cite.indexOf('#');
  return at < 0 ? { id: cite, article: '' } : { id: cite.slice(0, at), article: cite.slice(at + 1) };
}

/** «Điều 1 khoản 2 điểm a» from `1.2.a`; `dd` is the letter đ. */
function articleLabel(article: string): Label {
  const [dieu = '', khoan = '', diem = ''] = article.split('.');
  const key = diem !== '' ? 'cite.point' : khoan !== '' ? 'cite.clause' : 'cite.article';
  return named(key, { dieu, khoan, diem: diem === 'dd' ? '\u0111' : diem });
}

/** «Nghị định 45/2012/NĐ-CP». */
export const titleOf = ({ kind, number }: LegalInstrument): Label => named(`cite.kind.${kind}`, { number });

/** How the text stands on a day; of an earlier day it says where the text has ended since. */
function statusOf(library: Library, instrument: LegalInstrument, on: Day, today: Day): Label {
  const { inForceFrom, inForceTo } = instrument;
  if (inForceTo !== undefined && inForceTo < on) return named('cite.ended', { day: { day: inForceTo } });
  if (inForceFrom === undefined) return named('cite.startUnknown');
  if (inForceFrom > on) return named('cite.notYet', { day: { day: inForceFrom } });
  if (inForceTo !== undefined && inForceTo < today) return named('cite.endedSince', { day: { day: inForceTo } });
  const amended = [...library.pack.legal.values()].some(
    (other) => other.amends.includes(instrument.id) && (other.inForceFrom ?? other.issuedOn ?? on) <= on,
  );
  return named(amended ? 'cite.amended' : 'cite.inForce');
}

/** One line per source, as it stands on a day that is today or earlier; null when there is none. */
export function citesBlock(library: Library, cites: readonly string[], on: Day, today = on): Block | null {
  const lines = cites.flatMap((cite): readonly Label[] => {
    const { id, article } = parseCite(cite);
    const instrument = library.pack.legal.get(legalId(id));
    if (instrument === undefined) return [];
    const values = {
      number: { label: titleOf(instrument) },
      status: { label: statusOf(library, instrument, on, today) },
      checked: { day: instrument.checkedOn },
    } as const;
    return [
      article === ''
        ? named('cite.whole', values)
        : named('cite.line', { ...values, article: { label: articleLabel(article) } }),
    ];
  });
  if (lines.length === 0) return null;
  const [only] = lines;
  return lines.length === 1 && only !== undefined
    ? para(named('cite.source', { line: { label: only } }), 'quiet')
    : list(lines, 'quiet');
}

/** The title of an instrument by its id; null when it is not in the content any more. */
export function instrumentLabel(library: Library, id: string): Label | null {
  const instrument = library.pack.legal.get(legalId(id));
  return instrument === undefined ? null : titleOf(instrument);
}

/** The instrument that a citation is of. */
export const instrumentOf = (cite: string): string => parseCite(cite).id;

/** «Điều 1 khoản 2 điểm a», where the text itself is named beside it; null when the whole text is meant. */
export function articleOf(_: Library, cite: string): Label | null {
  const { article } = parseCite(cite);
  return article === '' ? null : articleLabel(article);
}

/** The short form for a condition's line: «Nghị định 45/2012/NĐ-CP, Điều 1 khoản 2 điểm a». */
export function shortCite(library: Library, cite: string): Label | null {
  const { id, article } = parseCite(cite);
  const instrument = library.pack.legal.get(legalId(id));
  if (instrument === undefined) return null;
  return article === ''
    ? titleOf(instrument)
    : named('cite.short', { number: { label: titleOf(instrument) }, article: { label: articleLabel(article) } });
}

/** How sure a statement is, where it is less than official. */
export function certaintyBlock(certainty: Certainty): Block | null {
  return certainty === 'official' ? null : para(named(`certainty.${certainty}`), 'quiet');
}
