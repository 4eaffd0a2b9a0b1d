/**
 * One person in several places: «nối kênh» gives a code where something is kept, and takes it where the person goes on;
 * «tách kênh» undoes it. The service makes and checks codes; what is joined, and what is told of it, is decided here.
 */
import type { Block } from '../../content/index.ts';
import type { ConversationEvent } from '../events.ts';
import { carriedBy, comesAlong, holdsSomething, joinedAddresses, joinStates } from '../joining.ts';
import { elsewhereThan, whereOf } from '../link-message.ts';
import { present, unfinished } from '../present.ts';
import type { State } from '../state.ts';
import { type Scene, type Step, command, doing, inMode, list, message, named, para, say, withState } from '../step.ts';
import { keepDraft, toMenu } from './form.ts';
import { readYesNo } from '../answers/yes-no.ts';
import { isHandedOver } from './staffing.ts';

const CODE_DIGITS = 8;

/** The eight digits of a text that is nothing else: «1234 5678», «12345678», «1234-5678». */
const bareCode = (text: string): string | null => {
  const digits = text.replaceAll(/[\s.-]/g, '');
  return /^\d{8}$/.test(digits) ? digits : null;
};

/** The eight digits in a text, whatever stands around them: «mã của tôi là 1234 5678». */
function codeIn(text: string): string | null {
  const digits = text.replaceAll(/\D/g, '');
  return digits.length === CODE_DIGITS ? digits : null;
}

/** «nối kênh», «nối kênh 1234 5678». */
export function link(step: Step, scene: Scene, rest: string): Step {
  const code = codeIn(rest);
  if (code !== null) return tryCode(step, code);
  const linking = inMode(step, { kind: 'linking' });
  if (holdsSomething(carriedBy(step.state))) return doing(linking, { kind: 'make-link-code' });
  return say(linking, present(linking.state, scene));
}

const tryCode = (step: Step, code: string): Step =>
  doing(inMode(step, { kind: 'linking' }), { kind: 'try-link-code', code });

/** A link such as `t.me/…?start=link-12345678`; null when the payload is another. */
export function followLink(step: Step, payload: string | undefined): Step | null {
  const code = /^link-?(\d{8})$/.exec(payload ?? '')?.[1];
  return code === undefined ? null : tryCode(step, code);
}

/** A code where one is waited for, or typed at the menu; null: the text is something else. */
export function hearLinkCode(step: Step, scene: Scene, text: string): Step | null {
  const { kind } = step.state.mode;
  if (kind !== 'linking' && kind !== 'menu') return null;
  const code = kind === 'linking' ? codeIn(text) : bareCode(text);
  if (code !== null) return tryCode(step, code);
  if (kind === 'menu' || !/^[\d\s.-]{4,}$/.test(text)) return null;
  return say(step, present(step.state, scene, [para(named('link.notEight'))]));
}

/** While a person of the centre has the conversation, only what this here waits for is not for them. */
export function hearWhileSilent(step: Step, scene: Scene, text: string): Step | null {
  const { kind } = step.state.mode;
  if (kind === 'linking') return hearLinkCode(step, scene, text);
  if (kind !== 'joining' && kind !== 'parting') return null;
  const heard = readYesNo(text, scene.library.pack.valueWords);
  if (!heard.understood || heard.value === 'unsure') return null;
  return kind === 'joining' ? join(step, scene, heard.value === 'yes') : part(step, scene, heard.value === 'yes');
}

type Made = Extract<ConversationEvent, { kind: 'link-code' }>;

export function codeMade(step: Step, _scene: Scene, { code }: Made): Step {
  const shown = `${code.slice(0, CODE_DIGITS / 2)} ${code.slice(CODE_DIGITS / 2)}`;
  const going = step.state.form === null ? [] : [command('resume')];
  return say(
    step,
    message(
      [
        para(named('link.code', { code: shown }), 'bold'),
        para(named('link.how', { code: shown })),
        para(named('link.secret')),
        para(named('link.haveOne'), 'quiet'),
      ],
      [...going, command('menu')],
      undefined,
      { secret: true },
    ),
  );
}

type Found = Extract<ConversationEvent, { kind: 'link-found' }>;

/** The code is right: what is there, and what becomes of what is here, before anything is joined. */
export function codeFound(step: Step, scene: Scene, { key, channel, there }: Found): Step {
  const joining = inMode(withState(step, { misses: 0 }), { kind: 'joining', key, channel, there });
  return say(joining, present(joining.state, scene));
}

type Refused = Extract<ConversationEvent, { kind: 'link-refused' }>;

export function codeRefused(step: Step, _scene: Scene, { why }: Refused): Step {
  const again = inMode(step, { kind: why === 'too-many' ? 'menu' : 'linking' });
  return say(again, message([para(named(`link.refused.${why}`))], [command('staff'), command('menu')]));
}

/** Yes or no to what was shown. */
export function join(step: Step, scene: Scene, yes: boolean): Step {
  const { mode } = step.state;
  if (mode.kind !== 'joining' || !yes) return toMenu(step, scene, [para(named('link.notJoined'))]);
  return doing(inMode(step, { kind: 'linking' }), { kind: 'join', key: mode.key });
}

type Joined = Extract<ConversationEvent, { kind: 'joined' }>;

/** Stepped in the conversation that is kept. */
export function joined(step: Step, scene: Scene, { here, there, brought }: Joined): Step {
  const before = step.state;
  const along = comesAlong(carriedBy(before), carriedBy({ ...before, ...brought, sheetOf: brought.sheetOf } as State));
  const state = {
    ...joinStates(before, brought),
    joined: joinedAddresses(before.joined ?? [there], brought.joined ?? [], [here]),
  };
  const kept = along === 'draft' ? keepDraft({ ...step, state }, scene) : { ...step, state };
  const elsewhere = message([para(named('link.joinedElsewhere', { where: whereOf(here) })), para(named('link.undo'))]);
  // First, since a page shows both: what is asked stands last.
  const to = elsewhereThan(state, scene).map(({ key }) => key);
  const told = doing(kept, { kind: 'say-elsewhere', to, message: elsewhere });
  const blocks = [para(named('link.joined', { where: whereOf(there) }), 'bold'), ...nowHere(state, scene)];
  return isHandedOver(state, scene)
    ? say(told, message([...blocks, para(named('link.withStaff'))]))
    : say(told, present(state, scene, blocks));
}

/** What the person finds here from now on. */
function nowHere(state: State, scene: Scene): readonly Block[] {
  const cases = state.cases.map(({ code, status }) =>
    named('data.case', { code, status: { label: named(`status.${status}`) } }),
  );
  return [...(cases.length === 0 ? [] : [list(cases)]), ...unfinished(state, scene)];
}

/** «tách kênh»: only this place is to remain. */
export function askPart(step: Step, scene: Scene): Step {
  if (elsewhereThan(step.state, scene).length === 0) return toMenu(step, scene, [para(named('link.nothingToPart'))]);
  const asking = inMode(step, { kind: 'parting' });
  return say(asking, present(asking.state, scene));
}

export function part(step: Step, scene: Scene, yes: boolean): Step {
  const gone = elsewhereThan(step.state, scene);
  if (!yes || gone.length === 0) return toMenu(step, scene, [para(named('link.notParted'))]);
  const left = (step.state.joined ?? []).filter(({ key }) => key === scene.event.from);
  const keys = gone.map(({ key }) => key);
  const parted = doing(
    withState(step, { joined: left }),
    { kind: 'say-elsewhere', to: keys, message: message([para(named('link.partedHere'))]), parting: true },
    { kind: 'part', keys },
  );
  return toMenu(parted, scene, [para(named('link.parted'))]);
}
