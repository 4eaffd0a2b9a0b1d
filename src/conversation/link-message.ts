/** What is said of joining before it is done: where, what is there, and what becomes of what is here. */
import type { Block, Label } from '../content/index.ts';
import { carriedBy, comesAlong, droppedAnswers } from './joining.ts';
import type { JoinedAddress, State } from './state.ts';
import { type Scene, list, named, para } from './step.ts';

/** The name of a channel, as a value of a text. */
export const whereOf = ({ channel }: { readonly channel: string }): { readonly label: Label } => ({
  label: named(`link.channel.${channel}`),
});

/** The addresses of the person but the one that the event came from. */
export const elsewhereThan = ({ joined = [] }: State, { event }: Scene): readonly JoinedAddress[] =>
  joined.filter(({ key }) => key !== event.from);

/** Nothing that tells whose it is but the last digits of the phone: the person has not agreed yet. */
export function joiningBlocks(state: State, { there, channel }: Extract<State['mode'], { kind: 'joining' }>): Block[] {
  const here = carriedBy(state);
  const dropped = droppedAnswers(there, here);
  const hasAnswers = there.form !== null || there.answers > 0;
  const held = [
    ...(there.cases === 0 ? [] : [named('link.there.cases', { count: there.cases })]),
    ...(hasAnswers ? [named(`link.there.${there.form ?? 'answers'}`, { count: there.answers })] : []),
    ...(there.phoneEnd === undefined ? [] : [named('link.there.phone', { end: there.phoneEnd })]),
  ];
  return [
    para(named('link.found', { where: whereOf({ channel }) }), 'bold'),
    ...(held.length === 0 ? [] : [list(held)]),
    ...(here.cases === 0 ? [] : [para(named('link.here.cases', { count: here.cases }))]),
    ...(comesAlong(there, here) === 'draft' ? [para(named('link.here.draft', { count: here.answers }))] : []),
    ...(dropped === 0 ? [] : [para(named('link.here.dropped', { count: dropped }))]),
    para(named('link.askJoin')),
  ];
}
