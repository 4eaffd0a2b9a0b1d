/** The message that waits, derived from the mode: said when the mode begins, and again after an interruption. */
import { provinceCode } from '../base/index.ts';
import type { Block, Label } from '../content/index.ts';
import {
  MACHINES,
  type SheetLine,
  describe,
  labelOf,
  linesFor,
  placeOf,
  sheetLines,
  sheetSteps,
  sumFaults,
} from '../dossier/index.ts';
import { currentKey, dossierOf, questionMessage } from './form.ts';
import { choice } from './labels.ts';
import { elsewhereThan, joiningBlocks, whereOf } from './link-message.ts';
import type { Choice, Message } from './message.ts';
import { questionFor } from './questions.ts';
import type { State } from './state.ts';
import { type Scene, command, lines, list, message, named, para, valuesOf } from './step.ts';

export const MENU_ENTRIES = ['eligibility', 'policy', 'faq', 'registration', 'status', 'staff', 'data'] as const;
export type MenuEntry = (typeof MENU_ENTRIES)[number];

export function present(state: State, scene: Scene, before: readonly Block[] = []): Message {
  const { mode } = state;
  switch (mode.kind) {
    case 'asking': {
      const key = currentKey(state, scene);
      return key === null ? menuMessage(state, scene, before) : questionMessage(state, scene, key, before);
    }
    case 'confirming':
      return confirmMessage(state, scene, mode.question, before);
    case 'confirming-known':
      return knownMessage(state, scene, before);
    case 'consenting':
      return consentMessage(state, scene, mode.to, before);
    case 'reviewing':
      return mode.picking === true ? pickMessage(state, scene, before) : reviewMessage(state, scene, before);
    case 'browsing':
      return nodeMessage(scene, mode.node, before);
    case 'wondering':
      return message([...before, para(named('faq.invite'))], [command('menu')]);
    case 'looking-up':
      return message([...before, para(named('status.askCode'))], [command('menu')]);
    case 'seeing-data':
      return dataMessage(state, scene, mode, before);
    case 'withdrawing':
      return yesNo(scene, [...before, para(named('status.confirmWithdraw'))]);
    case 'linking':
      return message([...before, para(named('link.askCode'))], [command('menu')]);
    case 'joining':
      return { ...yesNo(scene, [...before, ...joiningBlocks(state, mode)], 'join'), ask: CONFIRM };
    case 'parting':
      return {
        ...yesNo(scene, [...before, para(named('link.askPart', elsewhereValues(state, scene)))], 'part'),
        ask: CONFIRM,
      };
    case 'menu':
    case 'opening':
      return menuMessage(state, scene, before);
  }
}

const CONFIRM = { id: 'confirm', kind: 'choice' } as const;

const elsewhereValues = (state: State, scene: Scene) => ({
  places: {
    list: [...new Map(elsewhereThan(state, scene).map((each) => [each.channel, whereOf(each).label])).values()],
  },
});

const yesNo = (scene: Scene, blocks: readonly Block[], id = 'confirm'): Message =>
  message(
    blocks,
    ['yes', 'no'].map((value) => choice(scene.library, `${id}=${value}`, value)),
    { id, kind: 'choice' },
  );

export function menuMessage(state: State, scene: Scene, before: readonly Block[] = []): Message {
  const drafting = state.form?.flow === 'registration';
  const choices = MENU_ENTRIES.map((entry): Choice => {
    const plain = choice(scene.library, `menu=${entry}`, entry);
    return entry === 'registration' && drafting ? { ...plain, label: named('menu.entry.resume') } : plain;
  });
  return message([...before, para(named('menu.ask'))], choices, { id: 'menu', kind: 'choice' });
}

/** What is unfinished, for one who comes back; empty when nothing is. */
export function unfinished(state: State, scene: Scene): readonly Block[] {
  if (state.form === null) return [];
  const key = currentKey(state, scene);
  const next: Label = key === null ? named('form.nextReview') : labelOf(scene.library.pack, key);
  if (state.form.flow === 'eligibility') return [para(named('menu.unfinishedEligibility', { next: { label: next } }))];
  const { done, of } = dossierOf(state, scene).readiness;
  return [para(named('menu.unfinished', { done, of, next: { label: next } }))];
}

export function confirmMessage(state: State, scene: Scene, question: string, before: readonly Block[] = []): Message {
  const { mode } = state;
  const value = mode.kind === 'confirming' ? mode.value : null;
  const answers = { ...valuesOf(state), [question]: value };
  const said = describe(scene.library.pack, answers, question, scene.library.unitName);
  const formerly =
    typeof value === 'object' && value !== null && 'formerly' in value && typeof value.formerly === 'string'
      ? [para(named('place.formerly', { formerly: value.formerly }), 'quiet')]
      : [];
  const money = typeof value === 'number' ? named('sheet.value', { value: { money: value } }) : null;
  const shown = question.startsWith('machines.') ? money : said;
  return yesNo(scene, [
    ...before,
    para(named('form.confirm', { value: { label: shown ?? named('form.nothing') } })),
    ...formerly,
  ]);
}

const lineLabel = ({ label, value }: SheetLine): Label =>
  named('sheet.line', { label: { label }, value: { label: value } });

export const linesOf = (state: State, scene: Scene): readonly SheetLine[] =>
  sheetLines(scene.library.pack, valuesOf(state), scene.library.unitName);

/** The lines that «sửa» offers: the sheet's, then the eligibility answers that are not on it. */
export function editableLines(state: State, scene: Scene): readonly SheetLine[] {
  const answers = valuesOf(state);
  const onSheet = linesOf(state, scene);
  const rest = Object.keys(answers).filter(
    (key) =>
      !key.startsWith(`${MACHINES}.`) && questionFor(scene, key) !== null && !onSheet.some((line) => line.key === key),
  );
  const asked = state.form?.flow === 'eligibility' || state.form === null ? rest : [];
  return [...onSheet, ...linesFor(scene.library.pack, answers, asked, scene.library.unitName)];
}

/** The keys that «sửa» takes: those lines, then what the sheet still lacks. */
export function editableKeys(state: State, scene: Scene): readonly string[] {
  const said = editableLines(state, scene).map(({ key }) => key);
  const sheet = state.form?.flow === 'registration' || (state.form === null && state.sheetOf !== undefined);
  const steps = sheet ? sheetSteps(scene.library.pack, valuesOf(state)).map(({ key }) => key) : [];
  const reached = state.mode.kind === 'reviewing' && state.mode.midway === true ? [] : steps;
  return [...new Set([...said, ...reached])];
}

/** The group of machines goes by its first field (contract, section 7). */
const fieldKey = (key: string): string => (key === MACHINES ? `${MACHINES}.name` : key);

function knownMessage(state: State, scene: Scene, before: readonly Block[]): Message {
  return yesNo(scene, [...before, para(named('form.known')), list(linesOf(state, scene).map(lineLabel))]);
}

export function consentMessage(
  state: State,
  scene: Scene,
  to: 'registration' | 'staff' | 'send',
  before: readonly Block[] = [],
): Message {
  const place = placeOf(valuesOf(state));
  const centre =
    place === undefined ? undefined : scene.library.pack.provinces.get(provinceCode(place.province))?.centre;
  const controller: Label = centre === undefined ? named('consent.controllerAny') : { words: centre.name };
  return {
    ...yesNo(scene, [...before, para(named(`consent.${to}`, { controller: { label: controller } }))], 'consent'),
    choices: [
      ...['yes', 'no'].map((value) => choice(scene.library, `consent=${value}`, value)),
      command('consentDetails'),
    ],
  };
}

function faultBlocks(state: State): readonly Block[] {
  return sumFaults(valuesOf(state)).map((fault) => {
    const { kind, ...amounts } = fault;
    const values = Object.fromEntries(Object.entries(amounts).map(([name, money]) => [name, { money }]));
    return para(named(`form.sums.${kind}`, values));
  });
}

/** The readiness line: «7/10 – việc tiếp theo: …». */
export function readinessBlock(state: State, scene: Scene): Block {
  const { done, of, next } = dossierOf(state, scene).readiness;
  return para(
    next === null
      ? named('form.ready', { done, of })
      : named('form.readiness', { done, of, next: { label: labelOf(scene.library.pack, next) } }),
  );
}

export function reviewMessage(state: State, scene: Scene, before: readonly Block[] = []): Message {
  const missing = dossierOf(state, scene).readiness.missing.map((key) => labelOf(scene.library.pack, key));
  return message(
    [
      ...before,
      para(named('review.title'), 'bold'),
      lines(linesOf(state, scene).map(lineLabel), 'numbers'),
      ...faultBlocks(state),
      readinessBlock(state, scene),
      ...(missing.length === 0 ? [] : [para(named('review.missing', { list: { list: missing } }))]),
      para(named('review.hint'), 'quiet'),
    ],
    [...['send', 'edit'].map((value) => choice(scene.library, `review=${value}`, value)), command('stop')],
    { id: 'review', kind: 'choice' },
  );
}

/** After a question in between: that the sheet waits, without all its lines again. */
export function sheetWaits(state: State, scene: Scene): Message {
  const { choices, ask } = reviewMessage(state, scene);
  return message([para(named('review.waits')), readinessBlock(state, scene)], choices, ask);
}

/** Which line to change: choices whose values are field keys. */
export function pickMessage(state: State, scene: Scene, before: readonly Block[] = []): Message {
  const keys = editableKeys(state, scene);
  return message(
    [...before, para(named('form.pick'))],
    [...keys.map((key) => choice(scene.library, `edit=${key}`, fieldKey(key))), command('back')],
    { id: 'review', kind: 'choice' },
  );
}

/** Titles per page of a branch: what fits a small phone. */
const PAGE = 8;

export function nodeMessage(scene: Scene, nodeAndPage: string, before: readonly Block[] = []): Message {
  const { policyTree, faq } = scene.library.pack;
  const [id = '', page = '0'] = nodeAndPage.split(':');
  const node = policyTree.find((one) => one.id === id);
  if (node === undefined) {
    return message(
      [...before, para(named('policy.ask'))],
      [...policyTree.map((one) => choice(scene.library, `node=${one.id}`)), command('menu')],
    );
  }
  const entries = [...faq.values()]
    .filter(({ topic, validFrom, validTo }) => {
      const { today } = scene;
      return node.topics.includes(topic) && (validFrom ?? today) <= today && today <= (validTo ?? today);
    })
    .sort((a, b) => node.topics.indexOf(a.topic) - node.topics.indexOf(b.topic));
  const first = Number(page) * PAGE;
  const more =
    entries.length > first + PAGE ? [{ id: `page=${id}:${Number(page) + 1}`, label: named('choice.do.more') }] : [];
  const empty = entries.length === 0;
  return message(
    [...before, para(named(empty ? 'policy.empty' : 'policy.pick', { title: node.title }))],
    [
      ...entries.slice(first, first + PAGE).map((entry) => choice(scene.library, `faq=${entry.id}`)),
      ...more,
      { id: 'node=', label: named('choice.do.policyTop') },
      ...(empty ? [command('staff')] : []),
      command('menu'),
    ],
  );
}

function dataMessage(
  state: State,
  scene: Scene,
  mode: { readonly erasing?: true; readonly picking?: true },
  before: readonly Block[],
): Message {
  if (mode.erasing === true) return yesNo(scene, [...before, para(named('data.confirmErase'))]);
  if (mode.picking === true) return pickMessage(state, scene, before);
  const answered = editableLines(state, scene).map(lineLabel);
  const cases = state.cases.map(({ code, status }) =>
    named('data.case', { code, status: { label: named(`status.${status}`) } }),
  );
  const kept = [...answered, ...cases];
  const hasPlaces = elsewhereThan(state, scene).length > 0;
  return message(
    [
      ...before,
      ...(kept.length === 0 ? [para(named('data.nothing'))] : [para(named('data.title'), 'bold'), list(kept)]),
      para(
        state.consent === undefined
          ? named('data.noConsent')
          : named('data.consent', { day: { time: state.consent.at } }),
      ),
      ...(hasPlaces ? [para(named('data.places', elsewhereValues(state, scene)))] : []),
      para(named('data.rights'), 'quiet'),
    ],
    [
      ...(answered.length === 0 ? [] : [command('edit')]),
      command('erase'),
      ...(state.consent === undefined || kept.length === 0 ? [] : [command('link')]),
      ...(hasPlaces ? [command('unlink')] : []),
      command('menu'),
    ],
  );
}
