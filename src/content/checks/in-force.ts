/**
 * What speaks on a day cites texts in force on that day. An entry may cite an old text as history; it is history when
 * its own validity has ended, or its topic names the text (`nd134`, `lich-su`), or another of its sources is the text that
 * replaced the old one, as an answer that explains «before and after» has (then a warning remains).
 */
import { holdsOn, type Day, type LegalId, type Span } from '../../base/index.ts';
import type { Draft } from '../draft.ts';
import { findingsIn, type Finding } from '../finding.ts';
import type { LegalInstrument } from '../legal.ts';
import type { Check } from './check.ts';
import { citedIn, partCite, type Cited } from './cited.ts';

const HISTORY_TOPICS = /^(lich-?su|van-?ban-?cu)/;

export const inForce: Check = ({ draft, today }) =>
  today === undefined ? [] : [...citedIn(draft)].flatMap((cited) => checkCited(cited, draft, today));

/** The days on which to look: today where the place speaks today, and the ends of its span that are past. */
function daysOf(span: Span, today: Day): readonly Day[] {
  if (span.to !== undefined && span.to < today) return [span.to];
  if (span.from !== undefined && span.from > today) return [span.from];
  return [today];
}

function stands(legal: LegalInstrument, article: string | null, on: Day, draft: Draft): boolean {
  const { inForceFrom: from, inForceTo: to } = legal;
  // Its last day may not be on file; what replaced it being in force tells as much.
  const started = (id: LegalId) => (draft.legal.get(id)?.item.inForceFrom ?? '9999') <= on;
  if (to === undefined && legal.replacedBy.some(started)) return false;
  if (!holdsOn({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }, on)) return false;
  const wordings = article === null ? undefined : legal.articles[article];
  return wordings === undefined || wordings.some((wording) => holdsOn(wording, on));
}

function checkCited(cited: Cited, draft: Draft, today: Day): readonly Finding[] {
  const { instrument, article } = partCite(cited.cite);
  const legal = draft.legal.get(instrument)?.item;
  if (legal === undefined) return [];
  const day = daysOf(cited.span, today).find((each) => !stands(legal, article, each, draft));
  if (day === undefined) return [];
  const { error, warning } = findingsIn(cited.file);
  const values = { cite: cited.cite, day, by: legal.replacedBy.join(', ') };
  if (cited.of === 'province') return [warning('cite-not-in-force', cited.line, values)];
  if (cited.beside === undefined) return [error('cite-not-in-force', cited.line, values)];
  if (namesText(cited.beside.topic, instrument)) return [];
  const beside = new Set(cited.beside.sources.map((source) => partCite(source).instrument));
  const explains = [...successors(instrument, draft)].some((each) => beside.has(each));
  return [(explains ? warning : error)('cite-not-in-force', cited.line, values)];
}

/** `nd134` and `nd-134-2004` name the decree `nd-134-2004`. */
function namesText(topic: string, instrument: LegalId): boolean {
  const plain = topic.replace(/[-_]/g, '');
  const [kind = '', number = ''] = instrument.split('-');
  return (
    HISTORY_TOPICS.test(topic.replace(/_/g, '-')) ||
    new RegExp(`^${kind}${number}(?!\\d)|^${kind}${number}\\d{4}`).test(plain)
  );
}

/** The texts that replaced an instrument, and those that replaced them. */
function successors(instrument: LegalId, draft: Draft): ReadonlySet<LegalId> {
  const found = new Set<LegalId>();
  const visit = (id: LegalId): void => {
    for (const next of draft.legal.get(id)?.item.replacedBy ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(instrument);
  return found;
}
