/** The law has changed, and with it a verdict that the owner was told; staff have approved that they hear of it. */
import { legalId, programmeId, type Day } from '../../base/index.ts';
import type { Block, Certainty, Label } from '../../content/index.ts';
import { NATIONAL, type KindChange } from '../../policy/index.ts';
import { certaintyBlock, instrumentLabel } from '../cites.ts';
import type { ConversationEvent } from '../events.ts';
import { elsewhere } from '../form.ts';
import { choice } from '../labels.ts';
import type { Choice } from '../message.ts';
import { present } from '../present.ts';
import type { State } from '../state.ts';
import { type Scene, type Step, command, lines, message, named, para, say } from '../step.ts';
import { type OwnerFlip, flipOfState, rememberFlip } from '../told.ts';
import { reasonLabel } from '../verdict-message.ts';
import { isHandedOver } from './staffing.ts';

type Changed = Extract<ConversationEvent, { kind: 'law-changed' }>;

const REASONS_SHOWN = 2;

/**
 * Says what differs, once. Nothing is said when it is no longer so, or when the owner has changed their answers; nor while
 * a person of the centre has the conversation, and then it is not taken for told.
 */
export function lawChanged(step: Step, scene: Scene, event: Changed): Step {
  const { state } = step;
  if (isHandedOver(state, scene) || state.lawTold === event.flip) return step;
  const flip = flipOfState(state, scene, event.kept);
  if (flip === null || flip.id !== event.flip) return step;
  const isBusy = state.mode.kind !== 'menu';
  const blocks = flipBlocks(scene, flip, state.told?.on ?? event.kept?.on ?? scene.today);
  const told = say(
    rememberFlip(step, flip),
    message(blocks, isBusy ? [] : choices(state, scene), isBusy ? undefined : { id: 'menu', kind: 'choice' }),
  );
  return isBusy ? say(told, present(told.state, scene, [para(named('form.goOn'))])) : told;
}

function flipBlocks(scene: Scene, flip: OwnerFlip, toldOn: Day): readonly Block[] {
  const shown = flip.reasons.slice(0, REASONS_SHOWN).map((reason) => reasonLabel(scene, reason));
  const certainty = certaintyBlock(leastCertain(scene, flip));
  return [
    para(named('law.owner.head', { day: { day: toldOn } })),
    lines(
      flip.turned.map((change) => changeLabel(scene, change)),
      'lines',
    ),
    ...(shown.length === 0 ? [] : [lines(shown, 'lines')]),
    para(causeLabel(scene, flip)),
    ...(certainty === null ? [] : [certainty]),
    para(named('law.owner.preliminary'), 'quiet'),
  ];
}

/** How sure the least sure is of what turned it. */
function leastCertain({ library }: Scene, { reasons, turned }: OwnerFlip): Certainty {
  const local = turned.flatMap(({ programme }) => library.pack.programmes.get(programmeId(programme)) ?? []);
  const all = [...reasons.slice(0, REASONS_SHOWN), ...local].map(({ certainty }) => certainty);
  return (['unconfirmed', 'reported'] as const).find((each) => all.includes(each)) ?? 'official';
}

/** «Trước: cần cán bộ xem → nay: có thể phù hợp», or what became of a local programme. */
function changeLabel({ library }: Scene, { programme, before, after }: KindChange): Label {
  const kinds = {
    ...(before === null ? {} : { before: { label: named(`law.kind.${before}`) } }),
    ...(after === null ? {} : { after: { label: named(`law.kind.${after}`) } }),
  };
  if (programme === NATIONAL) return named('law.owner.national', kinds);
  const title = { label: { words: library.pack.programmes.get(programmeId(programme))?.title ?? programme } };
  const how = before === null ? 'localNew' : after === null ? 'localGone' : 'localOther';
  return named(`law.owner.${how}`, { ...kinds, title });
}

/** By which text and from which day; what the content does not name is not said. */
export function causeLabel(
  { library }: Pick<Scene, 'library'>,
  flip: { readonly instruments: readonly string[]; readonly since: Day | null },
): Label {
  const texts = flip.instruments.flatMap((id) => instrumentLabel(library, id) ?? []);
  const list = { list: texts };
  if (flip.since === null)
    return texts.length === 0 ? named('law.cause.edited') : named('law.cause.editedBy', { list });
  const day = { day: flip.since };
  if (texts.length === 0) return named('law.cause.from', { day });
  const begin = flip.instruments.every((id) => beginsOn(library, id, day.day));
  return named(begin ? 'law.cause.fromBy' : 'law.cause.fromSee', { day, list });
}

/** A text is said to apply from a day only when it does, or has amended another from that day. */
function beginsOn({ pack }: Scene['library'], id: string, day: Day): boolean {
  if (pack.legal.get(legalId(id))?.inForceFrom === day) return true;
  const wordings = [...pack.legal.values()].flatMap(({ articles }) => Object.values(articles).flat());
  return wordings.some(({ by, from }) => by === id && from === day);
}

function choices(state: State, scene: Scene): readonly Choice[] {
  const entry = (name: string) => choice(scene.library, `menu=${name}`, name);
  const sheet =
    state.sheetOf !== undefined ? [entry('status')] : elsewhere(state, scene) === null ? [entry('registration')] : [];
  return [entry('eligibility'), ...sheet, entry('staff'), command('menu')];
}
