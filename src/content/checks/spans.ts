/** A span ends after it begins; the wordings of one article do not hold on the same day. */
import type { Span } from '../../base/index.ts';
import type { Placed } from '../draft.ts';
import { findingsIn, type Finding } from '../finding.ts';
import type { LegalInstrument } from '../legal.ts';
import type { Programme } from '../programme.ts';
import type { Path } from '../read-yaml.ts';
import type { Check } from './check.ts';

const isReversed = ({ from, to }: Span) => from !== undefined && to !== undefined && to < from;

function reversed<T>(
  { file, lineOf }: Placed<T>,
  places: readonly (readonly [Partial<Span>, Path])[],
): readonly Finding[] {
  return places
    .filter(([span]) => isReversed(span))
    .map(([span, path]) =>
      findingsIn(file).error('span-reversed', lineOf(path), { from: span.from ?? '', to: span.to ?? '' }),
    );
}

const span = (from: Span['from'], to: Span['to']): Span => ({ ...(from ? { from } : {}), ...(to ? { to } : {}) });

function ofLegal(placed: Placed<LegalInstrument>): readonly Finding[] {
  const { item, file, lineOf } = placed;
  const own = reversed(placed, [[span(item.inForceFrom, item.inForceTo), ['inForceTo']]]);
  const wordings = Object.entries(item.articles).flatMap(([key, each]) => {
    const overlapping = each.flatMap((wording, at) => {
      const next = each[at + 1];
      const apart =
        next === undefined || (wording.to !== undefined && next.from !== undefined && wording.to < next.from);
      const line = lineOf(['articles', key, at + 1]);
      return apart ? [] : [findingsIn(file).error('wordings-overlap', line, { article: key })];
    });
    return [
      ...reversed(
        placed,
        each.map((wording, at) => [wording, ['articles', key, at, 'to']]),
      ),
      ...overlapping,
    ];
  });
  return [...own, ...wordings];
}

function ofProgramme(placed: Placed<Programme>): readonly Finding[] {
  const { item } = placed;
  return reversed(placed, [
    ...item.inForce.map((each, at) => [each, ['inForce', at, 'to']] as const),
    ...item.conditions.map((each, at) => [each, ['conditions', at, 'to']] as const),
    ...item.supports.flatMap((support, at) => [
      [support, ['supports', at, 'to']] as const,
      ...support.ceilings.map((each, place) => [each, ['supports', at, 'ceilings', place, 'to']] as const),
    ]),
  ]);
}

export const spans: Check = ({ draft }) => [
  ...[...draft.legal.values()].flatMap(ofLegal),
  ...[...draft.programmes.values()].flatMap(ofProgramme),
  ...[...draft.faq.values()].flatMap((placed) =>
    reversed(placed, [[span(placed.item.validFrom, placed.item.validTo), ['validTo']]]),
  ),
];
