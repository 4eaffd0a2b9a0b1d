/** Beginning an eligibility check or a registration, consent, and sending. */
import type { Label } from '../../content/index.ts';
import { MACHINES, PROJECT_FIELDS, sheetSteps } from '../../dossier/index.ts';
import { nextEligibilityQuestion } from '../facts.ts';
import { beginForm, dossierOf, elsewhere } from '../form.ts';
import { labelWords } from '../labels.ts';
import { linesOf, present } from '../present.ts';
import { elsewhereBlocks } from '../questions.ts';
import type { State } from '../state.ts';
import { type Scene, type Step, doing, inMode, named, para, say, valuesOf, withState, without } from '../step.ts';
import { proceed, review, tellVerdict, toMenu } from './form.ts';
import { again } from './form-commands.ts';
import { openQuestionCase, openRegistrationCase } from './staffing.ts';

/** A new registration asks for them anew. */
const projectFields = [...PROJECT_FIELDS, MACHINES, `${MACHINES}.more`];

export function beginEligibility(step: Step, scene: Scene): Step {
  const begun = beginForm(step, 'eligibility');
  if (nextEligibilityQuestion(begun.state, scene) === null)
    return tellVerdict(begun, scene, [para(named('verdict.fromBefore'))]);
  return proceed(begun, scene, [para(named('form.beginEligibility'))]);
}

export function beginRegistration(step: Step, scene: Scene): Step {
  const { state } = step;
  if (state.form?.flow === 'registration' && state.consent !== undefined) return proceed(step, scene);
  const away = elsewhere(state, scene);
  if (away !== null) return toMenu(step, scene, elsewhereBlocks(scene, away));
  if (state.consent === undefined) {
    const consenting = inMode(step, { kind: 'consenting', to: 'registration' });
    return say(consenting, present(consenting.state, scene));
  }
  return openSheet(step, scene);
}

/** The sheet is opened: what is known already is shown first, and not asked again. */
function openSheet(step: Step, scene: Scene): Step {
  const begun = beginForm(forgetSkipped(forgetProject(step)), 'registration');
  const known = linesOf(begun.state, scene);
  const kept = doing(begun, { kind: 'keep-draft', dossier: dossierOf(begun.state, scene) });
  if (known.length === 0)
    return proceed(kept, scene, [para(named('form.beginRegistration', { count: openSteps(kept.state, scene) }))]);
  const confirming = inMode(kept, { kind: 'confirming-known' });
  return say(confirming, present(confirming.state, scene));
}

/** What was passed over while checking eligibility is asked again on the sheet. */
function forgetSkipped(step: Step): Step {
  const skipped = Object.entries(step.state.answers).filter(([, { value }]) => value === null);
  return withState(step, {
    answers: without(
      step.state.answers,
      skipped.map(([key]) => key),
    ),
  });
}

const openSteps = (state: State, scene: Scene): number =>
  sheetSteps(scene.library.pack, valuesOf(state)).filter(
    ({ key, counts }) => counts && state.answers[key] === undefined,
  ).length;

/** After one sheet was sent, the next begins without the old project. */
function forgetProject(step: Step): Step {
  const { sheetOf, ...state } = step.state;
  if (sheetOf === undefined) return step;
  const papers = Object.keys(state.answers).filter((key) => key.startsWith('documents.'));
  return { ...step, state: { ...state, answers: without(state.answers, [...projectFields, ...papers]) } };
}

export function confirmKnown(step: Step, scene: Scene, yes: boolean): Step {
  const next = inMode(step, { kind: 'asking' });
  if (yes)
    return proceed(next, scene, [para(named('form.beginRegistration', { count: openSteps(step.state, scene) }))]);
  const picking = inMode(step, { kind: 'reviewing', picking: true });
  return say(picking, present(picking.state, scene));
}

const CONSENT_VERSION: Label = { key: 'consent.version' };

/** Yes or no to keeping data; the version of the wording and the time are kept with a yes. */
export function hearConsent(step: Step, scene: Scene, yes: boolean): Step {
  const { mode } = step.state;
  if (mode.kind !== 'consenting') return step;
  if (!yes) {
    const back = inMode(step, { kind: 'menu' });
    return mode.to === 'send'
      ? review(step, scene, [para(named('consent.notSent'))])
      : toMenu(back, scene, [para(named('consent.refused'))]);
  }
  const version = labelWords(scene.library, 'vi', CONSENT_VERSION);
  const consented = withState(step, { consent: { version, at: scene.now } });
  if (mode.to === 'staff') return openQuestionCase(consented, scene);
  if (mode.to === 'send') return openRegistrationCase(consented, scene);
  return openSheet(consented, scene);
}

/** «Gửi»: what is missing is asked first; then consent to passing the data on. */
export function send(step: Step, scene: Scene): Step {
  const { state } = step;
  if (state.form === null) return toMenu(step, scene);
  const away = elsewhere(state, scene);
  if (away !== null) return toMenu(step, scene, elsewhereBlocks(scene, away));
  const [missing] = dossierOf(state, scene).readiness.missing;
  if (missing !== undefined) {
    const answers = without(state.answers, [missing]);
    const asking = inMode(withState(step, { answers }), { kind: 'asking' });
    return proceed(asking, scene, [para(named('review.fillFirst'))]);
  }
  const consenting = inMode(step, { kind: 'consenting', to: 'send' });
  return say(consenting, present(consenting.state, scene));
}

export const consentDetails = (step: Step, scene: Scene): Step => again(step, scene, [para(named('consent.details'))]);
