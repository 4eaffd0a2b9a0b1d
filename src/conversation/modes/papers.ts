/** Photos and files: to the paper that was asked for, to an open case, or to a paper that is asked for now. */
import type { FileRef, Label } from '../../content/index.ts';
import { PAPER_PREFIX, labelOf, paperOf, papersFor } from '../../dossier/index.ts';
import type { ConversationEvent } from '../events.ts';
import { currentKey } from '../form.ts';
import { choice } from '../labels.ts';
import { present } from '../present.ts';
import { isPaper } from '../questions.ts';
import type { AnswerValue, State } from '../state.ts';
import {
  type Scene,
  type Step,
  answered,
  command,
  doing,
  message,
  named,
  para,
  say,
  valuesOf,
  withState,
} from '../step.ts';
import { keepDraft, takeAnswer, tellSheet } from './form.ts';
import { intoCase, isHandedOver, openCase } from './staffing.ts';

/** Files a person may keep with one sheet (issue: at most 20 a case). */
const MOST_FILES = 20;
/** bytes; the database keeps them (design: at most 10 MB each). */
const MOST_BYTES = 10 * 1024 * 1024;

type FileEvent = Extract<ConversationEvent, { kind: 'file' }>;

export function hearFile(step: Step, scene: Scene, event: FileEvent): Step {
  const { state } = step;
  if (event.file.size > MOST_BYTES) return answerFile(step, scene, 'files.tooLarge');
  if (countFiles(state) >= MOST_FILES) return answerFile(step, scene, 'files.tooMany');
  const key = currentKey(state, scene);
  const open = openCase(state);
  const album = event.album !== undefined && state.lastAlbum?.album === event.album ? state.lastAlbum.key : null;
  if (isHandedOver(state, scene) && open !== undefined) return tellFile(keep(step, event.file), event, open.id, null);
  if (state.consent === undefined) return answerFile(step, scene, 'files.notYet');
  if (album !== null) return addPage(keep(step, event.file), scene, album, event);
  if (state.mode.kind === 'asking' && key !== null && isPaper(key))
    return fillPaper(keep(step, event.file), scene, key, event);
  if (open !== undefined) {
    const told = tellFile(keep(step, event.file), event, open.id, null);
    const loose = withState(told, { loose: [...(state.loose ?? []), event.file] });
    return event.more === true
      ? loose
      : askWhichPaper(loose, scene, intoCase(open, 'files.passedOn', 'files.passedOnAlone'));
  }
  const loose = withState(keep(step, event.file), { loose: [...(state.loose ?? []), event.file] });
  return event.more === true ? loose : askWhichPaper(loose, scene, named('files.received'));
}

const keep = (step: Step, file: FileRef): Step => doing(step, { kind: 'keep-file', file });

const answerFile = (step: Step, scene: Scene, key: string): Step => {
  const waiting = step.state.mode.kind === 'asking';
  return say(
    step,
    waiting ? present(step.state, scene, [para(named(key))]) : message([para(named(key))], [command('menu')]),
  );
};

function countFiles(state: State): number {
  const inPapers = Object.keys(state.answers)
    .filter(isPaper)
    .map((key) => paperOf(valuesOf(state), key.slice(PAPER_PREFIX.length))?.files.length ?? 0);
  return inPapers.reduce((sum, count) => sum + count, 0) + (state.loose?.length ?? 0);
}

function withPage(state: State, key: string, file: FileRef): AnswerValue {
  const had = paperOf(valuesOf(state), key.slice(PAPER_PREFIX.length))?.files ?? [];
  return { files: [...had, file], state: 'sent' };
}

/** The paper that was asked for: kept, and the form goes on; further pages may follow by a choice. */
function fillPaper(step: Step, scene: Scene, key: string, event: FileEvent): Step {
  const albumed = event.album === undefined ? step : withState(step, { lastAlbum: { album: event.album, key } });
  const value = withPage(step.state, key, event.file);
  const told = tellSheetCase(albumed, event, key);
  if (event.more === true) return answered(told, scene, key, value);
  const label = labelOf(scene.library.pack, key);
  return takeAnswer(told, scene, {
    key,
    value,
    before: [para(named('files.kept', { paper: { label } }))],
  });
}

/** Another page of the album whose first page went to a paper. */
function addPage(step: Step, scene: Scene, key: string, event: FileEvent): Step {
  const stored = answered(tellSheetCase(step, event, key), scene, key, withPage(step.state, key, event.file));
  if (event.more === true) return stored;
  const label = labelOf(scene.library.pack, key);
  return say(stored, present(stored.state, scene, [para(named('files.kept', { paper: { label } }))]));
}

const tellSheetCase = (step: Step, event: FileEvent, key: string): Step =>
  step.state.sheetOf === undefined || step.state.form?.returnTo !== 'case'
    ? step
    : tellFile(step, event, step.state.sheetOf, key.slice(PAPER_PREFIX.length));

const tellFile = (step: Step, event: FileEvent, caseId: NonNullable<State['sheetOf']>, slot: string | null): Step =>
  doing(
    step,
    { kind: 'tell-case', caseId, what: { kind: 'file', file: event.file, slot } },
    ...(event.caption === undefined
      ? []
      : [{ kind: 'tell-case', caseId, what: { kind: 'line', text: event.caption } } as const]),
  );

/** «Ảnh này là giấy gì?» */
function askWhichPaper(step: Step, scene: Scene, received: Label): Step {
  const slots = papersFor(scene.library.pack, valuesOf(step.state));
  const choices = [...slots.map((slot) => choice(scene.library, `paper=${slot}`)), command('otherPaper')];
  return say(step, message([para(received), para(named('files.whichPaper'))], choices));
}

/** The papers of the loose files were named. */
export function namePaper(step: Step, scene: Scene, slot: string | null): Step {
  const { loose = [], ...state } = step.state;
  const named_ = { ...step, state } satisfies Step;
  const key = PAPER_PREFIX + (slot ?? '');
  const filled =
    slot === null
      ? named_
      : loose.reduce((sum, file) => answered(sum, scene, key, withPage(sum.state, key, file)), named_);
  const sent = slot === null || filled.state.form !== null ? filled : tellSheet(filled, scene, key);
  const kept = keepDraft(sent, scene);
  const blocks = [
    para(
      slot === null
        ? named('files.keptOther')
        : named('files.kept', { paper: { label: labelOf(scene.library.pack, key) } }),
    ),
  ];
  return kept.state.mode.kind === 'asking'
    ? say(kept, present(kept.state, scene, blocks))
    : say(kept, message(blocks, [command('menu')]));
}

type Failed = Extract<ConversationEvent, { kind: 'file-failed' }>;

/** A file could not be fetched: it leaves its paper, and the owner is asked to send it again. */
export function fileFailed(step: Step, scene: Scene, event: Failed): Step {
  const answers = Object.fromEntries(
    Object.entries(step.state.answers).map(([key, answer]) => {
      if (!isPaper(key)) return [key, answer];
      const paper = paperOf(valuesOf(step.state), key.slice(PAPER_PREFIX.length));
      if (paper === undefined || !paper.files.some(({ id }) => id === event.fileId)) return [key, answer];
      const files = paper.files.filter(({ id }) => id !== event.fileId);
      return [key, { ...answer, value: { files, state: files.length === 0 ? 'later' : 'sent' } }];
    }),
  ) as State['answers'];
  return answerFile(withState(step, { answers }), scene, event.why === 'too-large' ? 'files.tooLarge' : 'files.lost');
}
