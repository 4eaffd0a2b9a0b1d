/** A choice made: by a button, a number or its label. A press on an old message is an event like others, not a bug. */
import { readToken } from '../choice-token.ts';
import { currentKey } from '../form.ts';
import { parseChoice } from '../labels.ts';
import { questionFor } from '../questions.ts';
import { present } from '../present.ts';
import type { AnswerValue } from '../state.ts';
import { type Scene, type Step, inMode, named, para, say } from '../step.ts';
import { placeValue, withoutHint } from './hearing.ts';
import { takeAnswer } from './form.ts';
import { again, edit, editKey, goBack, unsure } from './form-commands.ts';
import { browse, isDeed, obey } from './obeying.ts';
import { join, part } from './linking.ts';
import { erase, withdraw } from './own-data.ts';
import { namePaper } from './papers.ts';
import { confirmKnown, hearConsent, send } from './registering.ts';
import { helpful, tellPicked } from './wondering.ts';
import { PAPER_PREFIX } from '../../dossier/index.ts';

/** A button of some message; its token tells how old it is. */
export function pressToken(step: Step, scene: Scene, token: string): Step {
  const read = readToken(token);
  const { shown } = step.state;
  if (read === null) return stale(step, scene);
  const fresh = read.turn === shown.turn;
  if (read.by === 'id') return press(step, scene, read.id, fresh);
  const id = fresh ? shown.choices[read.place] : undefined;
  return id === undefined ? stale(step, scene) : press(step, scene, id, true);
}

/** The button's question is over: said so, and what waits now is put again. */
const stale = (step: Step, scene: Scene): Step => again(step, scene, [para(named('form.oldButton'))]);

export function press(step: Step, scene: Scene, id: string, fresh: boolean): Step {
  const { name, value } = parseChoice(id);
  switch (name) {
    case 'do':
      return value === 'back' ? goBack(step, scene) : obey(step, scene, { name: value, rest: '' });
    case 'menu':
      return isDeed(value) ? obey(step, scene, { name: value, rest: '' }) : again(step, scene);
    case 'faq':
      return tellPicked(step, scene, value);
    case 'node':
    case 'page':
      return browse(step, scene, value);
    case 'helpful':
      return helpful(step, scene, value);
    case 'edit':
    case 'pages':
      return editKey(step, scene, value);
    case 'paper':
      return (step.state.loose ?? []).length === 0 ? stale(step, scene) : namePaper(step, scene, value);
    case 'confirm':
      return fresh ? confirmed(step, scene, value === 'yes') : stale(step, scene);
    case 'join':
      return fresh && step.state.mode.kind === 'joining' ? join(step, scene, value === 'yes') : stale(step, scene);
    case 'part':
      return fresh && step.state.mode.kind === 'parting' ? part(step, scene, value === 'yes') : stale(step, scene);
    case 'consent':
      return fresh && step.state.mode.kind === 'consenting'
        ? hearConsent(step, scene, value === 'yes')
        : stale(step, scene);
    case 'review':
      if (step.state.mode.kind !== 'reviewing') return stale(step, scene);
      return value === 'send' ? send(step, scene) : edit(step, scene, '');
    default:
      return pressAnswer(step, scene, name, value);
  }
}

/** A yes or no to what was read back. */
export function confirmed(step: Step, scene: Scene, yes: boolean): Step {
  const { mode } = step.state;
  switch (mode.kind) {
    case 'confirming': {
      const asking = inMode(step, { kind: 'asking' });
      if (!yes) return say(asking, present(asking.state, scene, [para(named('form.sayAgain'))]));
      const value = mode.question === 'place' ? placeValue(mode.value as Record<string, unknown>) : mode.value;
      return takeAnswer(asking, scene, { key: mode.question, value: value as AnswerValue });
    }
    case 'confirming-known':
      return confirmKnown(step, scene, yes);
    case 'withdrawing':
      return withdraw(step, scene, yes);
    case 'joining':
      return join(step, scene, yes);
    case 'parting':
      return part(step, scene, yes);
    case 'seeing-data':
      return erase(step, scene, yes);
    default:
      return again(step, scene);
  }
}

/** The answer to a question by one of its choices; only the question that waits takes it. */
function pressAnswer(step: Step, scene: Scene, key: string, value: string): Step {
  if (currentKey(step.state, scene) !== key || step.state.mode.kind !== 'asking') return stale(step, scene);
  if (key.startsWith(PAPER_PREFIX))
    return value === 'later' || value === 'none'
      ? takeAnswer(step, scene, { key, value: laterOrNone(step, key, value) })
      : stale(step, scene);
  if (key === 'place') return pressPlace(step, scene, value);
  const question = questionFor(scene, key);
  if (question?.kind === 'money' || question?.kind === 'number')
    return /^\d{1,15}$/.test(value) ? takeAnswer(step, scene, { key, value: Number(value) }) : stale(step, scene);
  if (question === null || !question.choices.some((one) => one.value === value)) return stale(step, scene);
  if (value === 'unsure') return unsure(step, scene);
  if (question.kind !== 'multi-choice') return takeAnswer(withoutHint(step, key), scene, { key, value });
  const picked = step.state.mode.picked ?? [];
  const more = inMode(step, { kind: 'asking', picked: [...new Set([...picked, value])] });
  return say(more, present(more.state, scene));
}

/** A paper that has pages already keeps them. */
function laterOrNone(step: Step, key: string, state: 'later' | 'none'): AnswerValue {
  const had = step.state.answers[key]?.value;
  const files = typeof had === 'object' && had !== null && 'files' in had ? had.files : [];
  return { files, state };
}

function pressPlace(step: Step, scene: Scene, code: string): Step {
  const unit = scene.library.unit(code);
  if (unit === undefined) return stale(step, scene);
  return takeAnswer(step, scene, {
    key: 'place',
    value: { province: unit.province, unitType: unit.type, unitCode: unit.code },
    echo: true,
  });
}
