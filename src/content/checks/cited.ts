/** Every place of the content that cites a legal text, with the days on which it speaks. Used by several checks. */
import type { Day, LegalId, Span } from '../../base/index.ts';
import { legalId } from '../../base/index.ts';
import type { Draft, Placed } from '../draft.ts';
import type { Cite } from '../legal.ts';
import type { Programme } from '../programme.ts';
import type { Path } from '../read-yaml.ts';

export interface Cited {
  readonly file: string;
  readonly line: number;
  readonly cite: Cite;
  readonly of: 'faq' | 'question' | 'province' | 'programme' | 'rule';
  readonly span: Span;
  /** For an entry: all its sources, and its topic. */
  readonly beside?: { readonly sources: readonly Cite[]; readonly topic: string };
}

/** `nd-45-2012#1.2.a` as instrument and article. */
export function partCite(cite: Cite): { readonly instrument: LegalId; readonly article: string | null } {
  const [instrument = '', article] = cite.split('#');
  return { instrument: legalId(instrument), article: article ?? null };
}

const spanOf = (from: Day | undefined, to: Day | undefined): Span => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** The days that both spans have; the outer one bounds what the inner leaves open. */
function within(inner: Span, outer: Span): Span {
  const from =
    inner.from !== undefined && (outer.from === undefined || inner.from > outer.from) ? inner.from : outer.from;
  const to = inner.to !== undefined && (outer.to === undefined || inner.to < outer.to) ? inner.to : outer.to;
  return spanOf(from, to);
}

/** From the first day of a programme's periods to the last. */
function lifeOf(programme: Programme): Span {
  const starts = programme.inForce.map(({ from }) => from).sort();
  const ends = programme.inForce.map(({ to }) => to);
  const last = ends.includes(undefined) ? undefined : ends.sort().at(-1);
  return spanOf(starts[0], last);
}

function* inProgramme({ file, item, lineOf }: Placed<Programme>): Generator<Cited> {
  const life = lifeOf(item);
  const cited = (cites: readonly Cite[], path: Path, of: Cited['of'], span: Span) =>
    cites.map((cite, at): Cited => ({ file, line: lineOf([...path, at]), cite, of, span }));
  yield* cited(item.legalBasis, ['legalBasis'], 'programme', life);
  for (const [at, one] of item.conditions.entries()) {
    yield* cited(one.cites, ['conditions', at, 'cites'], 'rule', within(one, life));
  }
  for (const [at, support] of item.supports.entries()) {
    yield* cited(support.cites, ['supports', at, 'cites'], 'programme', within(support, life));
    for (const [place, ceiling] of support.ceilings.entries()) {
      const line = lineOf(['supports', at, 'ceilings', place, 'cite']);
      yield { file, line, cite: ceiling.cite, of: 'rule', span: within(ceiling, life) };
    }
  }
  for (const key of ['documents', 'steps'] as const) {
    for (const [at, one] of item[key].entries())
      yield* cited(one.cites, [key, at, 'cites'], 'programme', within(one, life));
  }
}

/** All citations of a draft. */
export function* citedIn(draft: Draft): Generator<Cited> {
  for (const { file, item, lineOf } of draft.faq.values()) {
    for (const [at, cite] of item.sources.entries()) {
      const span = spanOf(item.validFrom, item.validTo);
      yield { file, line: lineOf(['sources', at]), cite, of: 'faq', span, beside: item };
    }
  }
  for (const { file, item, lineOf } of draft.questions.values()) {
    for (const [at, cite] of item.cites.entries()) {
      yield { file, line: lineOf(['cites', at]), cite, of: 'question', span: {} };
    }
  }
  for (const { file, item, lineOf } of draft.provinces.values()) {
    for (const [at, note] of item.notes.entries()) {
      for (const [place, cite] of note.cites.entries()) {
        yield { file, line: lineOf(['notes', at, 'cites', place]), cite, of: 'province', span: {} };
      }
    }
  }
  for (const programme of draft.programmes.values()) yield* inProgramme(programme);
}
