/**
 * Does the law of another day, or the content after an edit, say something else than what an owner was told? Pure: what
 * was told, the same facts, pack and day in; what differs, which conditions turned it and by which texts, out.
 */
import { addDays, holdsOn, legalId, programmeId, type Day, type LegalId } from '../base/index.ts';
import type { Cite } from '../content/index.ts';
import type { Facts } from './facts.ts';
import { judge, type PolicyPack } from './judge.ts';
import { isInForce } from './reasons.ts';
import type { Judgement, Reason, VerdictKind } from './verdict.ts';

/** The verdict of the whole country, among the verdicts by programme. */
export const NATIONAL = 'national';

/** What of a judgement is kept, so that a later one can be compared with it. */
export interface ToldVerdict {
  readonly on: Day;
  /** `national`, and the local programmes that were named to the owner. */
  readonly kinds: Readonly<Record<string, VerdictKind>>;
  /** Conditions of the national programme that did not hold; absent where only the national verdict is known. */
  readonly against?: readonly string[];
}

/** null: the programme was not named to the owner, or is no longer. */
export interface KindChange {
  readonly programme: string;
  readonly before: VerdictKind | null;
  readonly after: VerdictKind | null;
}

export interface Flip {
  /** At least one; the national verdict first. */
  readonly turned: readonly KindChange[];
  /** The conditions of the national programme that turned it, as they stand now. */
  readonly reasons: readonly Reason[];
  /** `day`: the law has changed since; `content`: today's content already says otherwise of the day of before. */
  readonly why: 'day' | 'content';
  /** First day of the first of those verdicts as it is now, where a day is why. */
  readonly since: Day | null;
  /** The texts behind the first of those verdicts, the most telling first; at most three. */
  readonly instruments: readonly LegalId[];
  /** To be kept once it has been told. */
  readonly now: ToldVerdict;
}

const NAMED_AT_MOST = 3;

export function toldOf({ on, national, programmes }: Judgement): Required<ToldVerdict> {
  const [first, ...local] = programmes;
  const named = local.filter(
    ({ verdict, elsewhere }) => elsewhere !== true && (verdict === 'review' || verdict === 'likely'),
  );
  return {
    on,
    kinds: { [NATIONAL]: national.verdict, ...Object.fromEntries(named.map(({ id, verdict }) => [id, verdict])) },
    against: (first?.reasons ?? []).filter(({ holds }) => holds !== true).map(({ condition }) => condition),
  };
}

/** null: it still is as it was told. */
export function flipOf(told: ToldVerdict, facts: Facts, pack: PolicyPack, on: Day): Flip | null {
  const judgement = judge(facts, pack, on);
  const now = toldOf(judgement);
  const turned = changes(told, now);
  const [leading] = turned;
  if (leading === undefined) return null;
  const why = changes(told, toldOf(judge(facts, pack, told.on))).length === 0 ? 'day' : 'content';
  const since = why === 'day' ? firstDayOf(leading, facts, pack, { after: told.on, upTo: on }) : null;
  const isNational = leading.programme === NATIONAL;
  const reasons = isNational ? turning(judgement.programmes[0]?.reasons ?? [], told.against) : [];
  const cause = { judgement, reasons, since, facts, pack, leading };
  return { turned, reasons, why, since, instruments: instrumentsOf(cause), now };
}

function changes(before: ToldVerdict, after: ToldVerdict): readonly KindChange[] {
  const all = before.against === undefined ? [NATIONAL] : [...Object.keys(before.kinds), ...Object.keys(after.kinds)];
  return [...new Set([NATIONAL, ...all])]
    .map((programme) => ({
      programme,
      before: before.kinds[programme] ?? null,
      after: after.kinds[programme] ?? null,
    }))
    .filter((each) => each.before !== each.after);
}

/** Those that hold and did not, or do not and did; where it is not known how they stood, those that do not hold. */
function turning(reasons: readonly Reason[], against: readonly string[] | undefined): readonly Reason[] {
  if (against === undefined) return reasons.filter(({ holds }) => holds !== true);
  return reasons.filter(({ condition, holds }) => (holds === true) === against.includes(condition));
}

interface Stretch {
  readonly after: Day;
  readonly upTo: Day;
}

/** The last day in the stretch on which a programme's verdict became what it is at its end. */
function firstDayOf({ programme, after }: KindChange, facts: Facts, pack: PolicyPack, stretch: Stretch): Day | null {
  const kindOn = (day: Day) => toldOf(judge(facts, pack, day)).kinds[programme] ?? null;
  return turningDays(pack, stretch).find((day) => kindOn(addDays(day, -1)) !== after) ?? null;
}

/** Days on which something of a programme or a province begins or has ended, the latest first. */
function turningDays({ programmes, provinces }: PolicyPack, { after, upTo }: Stretch): readonly Day[] {
  const spans = [
    ...[...programmes.values()].flatMap(({ inForce, conditions }) => [...inForce, ...conditions]),
    ...[...provinces.values()].flatMap(({ kind }) => kind),
  ];
  const days = spans.flatMap((span: { readonly from?: Day; readonly to?: Day }) => [
    ...(span.from === undefined ? [] : [span.from]),
    ...(span.to === undefined ? [] : [addDays(span.to, 1)]),
  ]);
  return [...new Set(days)].filter((day) => day > after && day <= upTo).sort().reverse(); // prettier-ignore
}

interface Cause {
  readonly judgement: Judgement;
  readonly reasons: readonly Reason[];
  readonly since: Day | null;
  readonly facts: Facts;
  readonly pack: PolicyPack;
  readonly leading: KindChange;
}

/** Decrees that govern since that day; else the texts by which the turning conditions read as they do; else their basis. */
function instrumentsOf({ judgement, reasons, since, facts, pack, leading }: Cause): readonly LegalId[] {
  const { instruments } = judgement.national;
  const isNational = leading.programme === NATIONAL;
  const before = since === null ? instruments : judge(facts, pack, addDays(since, -1)).national.instruments;
  const fresh = isNational ? instruments.filter((id) => !before.includes(id)) : [];
  const local = pack.programmes.get(programmeId(leading.programme))?.legalBasis ?? [];
  const cited = [...reasons.flatMap(({ cites }) => cites), ...local].filter((cite) =>
    isInForce(cite, judgement.on, pack),
  );
  const behind = cited.map((cite) => textBehind(cite, { on: judgement.on, since }, pack));
  const found = fresh.length > 0 ? fresh : behind;
  return [...new Set(found.length > 0 || !isNational ? found : instruments)].slice(0, NAMED_AT_MOST);
}

/** The text by which the article reads as it does since that day, or the text itself. */
function textBehind(
  cite: Cite,
  { on, since }: { readonly on: Day; readonly since: Day | null },
  pack: PolicyPack,
): LegalId {
  const [id = '', article = ''] = cite.split('#');
  const wording = pack.legal.get(legalId(id))?.articles[article]?.findLast((each) => holdsOn(each, on));
  return since !== null && wording?.from === since && wording.by !== undefined ? wording.by : legalId(id);
}
