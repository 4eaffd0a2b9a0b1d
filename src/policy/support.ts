/** What support there is on a day, and up to how much. Reading a ceiling needs a day and may give nothing: there is no «latest». */
import { holdsOn, type Day, type ProgrammeId } from '../base/index.ts';
import type { Ceiling, DatedLine, Pack, Programme, Support } from '../content/index.ts';
import { periodOn } from './weighed.ts';
import { isInForce } from './reasons.ts';

/** A support as it stands on a day; `ceilings` empty: no level is known, the centre has to be asked. */
export interface SupportSeen {
  readonly programme: ProgrammeId;
  readonly support: Support;
  readonly ceilings: readonly Ceiling[];
}

type Pieces = Pick<Pack, 'programmes' | 'legal'>;

/**
 * The support `id` (a value of `supportWanted`) in every programme that stands on the day: national ones, and those of
 * `province` where it is given. Empty: nothing in force.
 */
export function supportOn(pack: Pieces, id: string, on: Day, province?: string): readonly SupportSeen[] {
  return [...pack.programmes.values()].filter((each) => isFor(each, province)).flatMap((programme) => {
    if (periodOn(programme, on) === undefined) return [];
    return programme.supports
      .filter((support) => support.id === id && holdsOn(support, on))
      .map((support) => ({ programme: programme.id, support, ceilings: ceilingsOn(support, on, pack) }));
  }); // prettier-ignore
}

const isFor = ({ provinces }: Programme, province: string | undefined): boolean =>
  provinces.length === 0 || provinces.some((each) => each === province);

const ceilingsOn = ({ ceilings }: Support, on: Day, pack: Pieces): readonly Ceiling[] =>
  ceilings.filter((ceiling) => holdsOn(ceiling, on) && isInForce(ceiling.cite, on, pack));

/** The papers of a programme on a day. */
export const documentsOn = ({ documents }: Programme, on: Day): readonly DatedLine[] =>
  documents.filter((line) => holdsOn(line, on));

/** The steps of a programme on a day, in order. */
export const stepsOn = ({ steps }: Programme, on: Day): readonly DatedLine[] =>
  steps.filter((line) => holdsOn(line, on));
