/** What each command and each entry of the menu does. */
import { nodeMessage, unfinished } from '../present.ts';
import { type Scene, type Step, command, inMode, message, named, para, say, withState } from '../step.ts';
import { ceilingBlocks } from '../ceilings.ts';
import type { Command } from '../commands.ts';
import { choice } from '../labels.ts';
import { review, toMenu } from './form.ts';
import { again, done, edit, goBack, pause, resume, skip, unsure, why } from './form-commands.ts';
import { askPart, link } from './linking.ts';
import { askErase, askWithdraw, showData, showStatus } from './own-data.ts';
import { namePaper } from './papers.ts';
import { beginEligibility, beginRegistration, consentDetails, send } from './registering.ts';
import { callStaff } from './staffing.ts';

type Deed = (step: Step, scene: Scene, rest: string) => Step;

const deeds: Readonly<Record<string, Deed>> = {
  menu: (step, scene) => greet(step, scene, false),
  greeting: (step, scene) => greet(step, scene, true),
  thanks: (step, scene) => again(step, scene, [para(named('menu.thanks'))]),
  back: goBack,
  edit,
  why,
  unsure,
  skip,
  done,
  stop: pause,
  resume,
  review: (step, scene) => (step.state.form?.flow === 'registration' ? review(step, scene) : again(step, scene)),
  send: sendWords,
  staff: callStaff,
  eligibility: beginEligibility,
  registration: beginRegistration,
  policy: (step, scene) => browse(step, scene, ''),
  faq: (step, scene) => again(inMode(step, { kind: 'wondering' }), scene),
  status: showStatus,
  lookUp: (step, scene) => again(inMode(step, { kind: 'looking-up' }), scene),
  data: showData,
  erase: askErase,
  withdraw: askWithdraw,
  link,
  unlink: askPart,
  ceilings: (step, scene) => say(step, ceilingsMessage(step, scene)),
  consentDetails,
  otherPaper: (step, scene) => namePaper(step, scene, null),
  english: (step, scene) => greet(withState(step, { lang: 'en' }), scene, false),
  vietnamese: (step, scene) => greet(withState(step, { lang: 'vi' }), scene, false),
};

/** «gửi đi»: sends the sheet that stands on the screen; elsewhere it is shown, or begun, first. */
function sendWords(step: Step, scene: Scene): Step {
  const { form, mode, cases } = step.state;
  if (form?.flow !== 'registration') return cases.length > 0 ? showStatus(step, scene) : beginRegistration(step, scene);
  if (mode.kind === 'consenting') return again(step, scene);
  return mode.kind === 'reviewing' && mode.picking !== true ? send(step, scene) : review(step, scene);
}

export const isDeed = (name: string): boolean => Object.hasOwn(deeds, name);

export function obey(step: Step, scene: Scene, { name, rest }: Command): Step {
  const deed = isDeed(name) ? deeds[name] : undefined;
  return deed === undefined ? again(step, scene) : deed(withState(step, { misses: 0 }), scene, rest);
}

/** The menu; one who comes back is told what is unfinished. */
export function greet(step: Step, scene: Scene, hello: boolean): Step {
  const name = step.state.answers['representative'] ?? step.state.answers['applicantName'];
  const open = unfinished(step.state, scene);
  const words =
    typeof name?.value === 'string'
      ? named('menu.helloAgain', { name: name.value })
      : named(step.state.turn > 0 && open.length > 0 ? 'menu.helloBack' : 'menu.hello');
  return toMenu(step, scene, [...(hello ? [para(words)] : []), ...open]);
}

export function browse(step: Step, scene: Scene, node: string): Step {
  return say(inMode(step, { kind: 'browsing', node }), nodeMessage(scene, node));
}

function ceilingsMessage(step: Step, scene: Scene) {
  return message(ceilingBlocks(step.state, scene), [
    choice(scene.library, 'menu=registration', 'registration'),
    choice(scene.library, 'menu=staff', 'staff'),
    command('menu'),
  ]);
}
