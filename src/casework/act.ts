/**
 * The staff side as a pure step: (case, command, actor, now) → the case afterwards and what is to be done, or why not.
 * Any officer may work on any case, so that leave and sickness stop nothing; claiming alone is exclusive, and every
 * change leaves an entry that says who and when.
 */
import { err, exhaustive, ok, type Instant, type Result } from '../base/index.ts';
import type { Case, CaseEntry, Officer } from './case.ts';
import {
  ERASED,
  outcomes,
  WITHDRAWN,
  type Actor,
  type CaseCommand,
  type CaseEffect,
  type OwnerNews,
  type Refusal,
  type StaffCommand,
} from './commands.ts';

/** A case unchanged (`case` is the one given) needs no writing. */
export interface Acted {
  readonly case: Case;
  readonly effects: readonly CaseEffect[];
}

export type ActResult = Result<Acted, Refusal>;

/** A case nobody has taken is raised once more after this. */
export const RAISE_AFTER_MS = 24 * 60 * 60 * 1000;

export function act(before: Case, command: CaseCommand, actor: Actor, now: Instant): ActResult {
  if (command.kind === 'owner-news') {
    return actor.kind === 'owner' ? ok(hearOwner(before, command.news, now)) : err({ kind: 'not-allowed' });
  }
  if (command.kind === 'raise') return raise(before, command, now);
  return actor.kind === 'officer'
    ? staffAct({ before, by: actor.officer, now }, command)
    : err({ kind: 'not-allowed' });
}

interface Scene {
  readonly before: Case;
  readonly by: Officer;
  readonly now: Instant;
}

function staffAct(scene: Scene, command: StaffCommand): ActResult {
  if (scene.before.outcome === ERASED && command.kind !== 'note') return err({ kind: 'person-gone' });
  switch (command.kind) {
    case 'take':
      return take(scene);
    case 'hand-over':
      return handOver(scene, command);
    case 'reply':
      return reply(scene, command);
    case 'note':
      return note(scene, command);
    case 'ask-again':
      return askAgain(scene, command);
    case 'hand-back':
      return handBack(scene);
    case 'forward':
      return forward(scene, command);
    case 'close':
      return close(scene, command);
    case 'reopen':
      return reopen(scene, command);
    default:
      return exhaustive(command);
  }
}

type Command<Kind extends StaffCommand['kind']> = Extract<StaffCommand, { kind: Kind }>;

const showCard: CaseEffect = { kind: 'show-card' };
const closed = err<Refusal>({ kind: 'closed' });
const isBlank = (text: string | undefined) => text === undefined || text.trim() === '';

/** The case one version on, with an entry. */
function changed(scene: Scene, change: Partial<Case>, entry: Pick<CaseEntry, 'what' | 'text' | 'detail'>): Case {
  return withEntry(scene.before, change, { at: scene.now, by: scene.by.name, ...entry });
}

function withEntry(before: Case, change: Partial<Case>, entry: CaseEntry): Case {
  return {
    ...before,
    ...change,
    changedAt: entry.at,
    version: before.version + 1,
    entries: [...before.entries, entry],
  };
}

const worded = (text: string | undefined) => (isBlank(text) ? {} : { text: text as string });

function take(scene: Scene): ActResult {
  const { before, by } = scene;
  if (before.status === 'closed') return closed;
  if (before.officer !== null) {
    return err(before.officer.id === by.id ? { kind: 'yours-already' } : { kind: 'taken-by', officer: before.officer });
  }
  const after = changed(scene, { officer: by, status: takenFrom(before) }, { what: 'taken' });
  return ok({ case: after, effects: [{ kind: 'tell-owner', change: 'taken' }, showCard] });
}

/** A case that waits for the owner or lies elsewhere still does so when somebody takes it. */
const takenFrom = ({ status }: Case): Case['status'] => (status === 'new' ? 'taken' : status);

function handOver(scene: Scene, { to, reason }: Command<'hand-over'>): ActResult {
  const { before, by } = scene;
  if (before.status === 'closed') return closed;
  if (before.officer?.id === to.id) return err({ kind: 'taken-by', officer: before.officer });
  const entry = { what: 'handed-over', detail: to.name, ...worded(reason) };
  const after = changed(scene, { officer: to, status: takenFrom(before) }, entry);
  const news = { kind: 'handed-over', by: by.name, to: to.name } as const;
  return ok({
    case: after,
    effects: [{ kind: 'tell-owner', change: 'taken' }, showCard, { kind: 'tell-rooms', news }],
  });
}

/** A reply takes a case that nobody has, and opens one that staff had closed; what the owner withdrew stays closed. */
function reply(scene: Scene, { text, files }: Command<'reply'>): ActResult {
  const { before, by } = scene;
  if (isBlank(text) && files.length === 0) return err({ kind: 'empty' });
  const opens = before.status === 'closed' && before.withdrawn !== true;
  const takes = before.officer === null || opens;
  const { outcome: _over, ...open } = before;
  const change: Partial<Case> = {
    withStaff: true,
    ...(takes ? { officer: by } : {}),
    ...(opens || before.status === 'new' ? { status: 'taken' } : {}),
  };
  const after = changed({ ...scene, before: opens ? open : before }, change, { what: 'replied' });
  const said = { ...worded(text), files };
  const effects: CaseEffect[] = [{ kind: 'pass-on', speaker: by.name, ...said }];
  if (takes) effects.push(showCard);
  effects.push({ kind: 'tell-rooms', news: { kind: 'replied', by: by.name, ...said } });
  return ok({ case: after, effects });
}

function note(scene: Scene, { text }: Command<'note'>): ActResult {
  if (isBlank(text)) return err({ kind: 'empty' });
  const after = changed(scene, {}, { what: 'noted', text });
  return ok({
    case: after,
    effects: [{ kind: 'tell-rooms', news: { kind: 'note', by: scene.by.name, text } }],
  });
}

function askAgain(scene: Scene, { field, reason }: Command<'ask-again'>): ActResult {
  const { before, by } = scene;
  if (before.status === 'closed') return closed;
  if (isBlank(field) || isBlank(reason)) return err({ kind: 'empty' });
  const change: Partial<Case> = { status: 'waiting-for-enterprise', officer: before.officer ?? by, withStaff: false };
  const after = changed(scene, change, { what: 'asked', text: `${field}: ${reason}` });
  const news = { kind: 'asked', by: by.name, field, reason } as const;
  return ok({
    case: after,
    effects: [{ kind: 'ask-owner', field, reason }, showCard, { kind: 'tell-rooms', news }],
  });
}

function handBack(scene: Scene): ActResult {
  if (scene.before.withStaff !== true) return err({ kind: 'not-with-staff' });
  const after = changed(scene, { withStaff: false }, { what: 'handed-back' });
  return ok({ case: after, effects: [{ kind: 'tell-owner', change: 'handed-back' }, showCard] });
}

function forward(scene: Scene, { to, reason }: Command<'forward'>): ActResult {
  const { before, by } = scene;
  if (before.status === 'closed') return closed;
  if (isBlank(to)) return err({ kind: 'empty' });
  const text = isBlank(reason) ? to : `${to}: ${reason ?? ''}`;
  const change: Partial<Case> = { status: 'forwarded', officer: before.officer ?? by, forwardedTo: to };
  const after = changed(scene, change, { what: 'forwarded', text });
  const news = {
    kind: 'forwarded',
    by: by.name,
    to,
    ...(isBlank(reason) ? {} : { reason: reason as string }),
  } as const;
  return ok({
    case: after,
    effects: [{ kind: 'tell-owner', change: 'forwarded' }, showCard, { kind: 'tell-rooms', news }],
  });
}

function close(scene: Scene, { outcome, reason }: Command<'close'>): ActResult {
  const { before, by } = scene;
  if (before.status === 'closed') return closed;
  if (!(outcomes as readonly string[]).includes(outcome)) return err({ kind: 'unknown-outcome' });
  const change: Partial<Case> = { status: 'closed', outcome, officer: before.officer ?? by, withStaff: false };
  const after = changed(scene, change, { what: 'closed', detail: outcome, ...worded(reason) });
  return ok({ case: after, effects: [{ kind: 'tell-owner', change: 'closed' }, showCard] });
}

/** A case that was forwarded comes back the same way. */
function reopen(scene: Scene, { reason }: Command<'reopen'>): ActResult {
  const { before, by } = scene;
  if (before.status !== 'closed' && before.status !== 'forwarded') return err({ kind: 'not-closed' });
  if (before.withdrawn === true) return err({ kind: 'not-allowed' });
  const { outcome: _over, forwardedTo: _elsewhere, ...open } = before;
  const change: Partial<Case> = { status: 'taken', officer: by };
  const after = changed({ ...scene, before: open }, change, { what: 'reopened', ...worded(reason) });
  return ok({ case: after, effects: [{ kind: 'tell-owner', change: 'reopened' }, showCard] });
}

// ------------------------------------------------------------------------------------------------------- the owner

const OWNER = 'owner';

/** A line changes the case only where staff waited for one: the conversation's own log keeps it. */
function hearOwner(before: Case, news: OwnerNews, now: Instant): Acted {
  const told: CaseEffect = { kind: 'tell-rooms', news };
  const wakes = before.status === 'waiting-for-enterprise';
  const status: Partial<Case> = wakes ? { status: 'taken' } : {};
  switch (news.kind) {
    case 'line': {
      if (!wakes) return { case: before, effects: [told] };
      const after = withEntry(before, status, { at: now, by: OWNER, what: 'answered' });
      return { case: after, effects: [told, showCard] };
    }
    case 'file': {
      const entry = { at: now, by: OWNER, what: 'sent-file', ...(news.slot === null ? {} : { text: news.slot }) };
      return {
        case: withEntry(before, { ...status, dossier: withPaper(before, news) }, entry),
        effects: [told, showCard],
      };
    }
    case 'sheet': {
      const entry = { at: now, by: OWNER, what: 'changed-sheet', text: news.changed.join(', ') };
      return {
        case: withEntry(
          before,
          { ...status, dossier: news.only === true ? withChanged(before.dossier, news) : news.dossier },
          entry,
        ),
        effects: [told, showCard],
      };
    }
    case 'withdrawn': {
      const change = { status: 'closed', withdrawn: true, outcome: WITHDRAWN, withStaff: false } as const;
      const after = withEntry(before, change, { at: now, by: OWNER, what: 'withdrew' });
      return { case: after, effects: [told, showCard] };
    }
    case 'colleague': {
      if (before.withStaff === true || before.status === 'closed') return { case: before, effects: [] };
      const after = withEntry(before, { withStaff: true }, { at: now, by: 'program', what: 'colleague-answered' });
      return { case: after, effects: [told, showCard] };
    }
    default:
      return exhaustive(news);
  }
}

/** The sheet with the fields, the machines, the place or the papers that have changed. */
function withChanged(
  sheet: Case['dossier'],
  { dossier, changed }: Extract<OwnerNews, { kind: 'sheet' }>,
): Case['dossier'] {
  const papers = Object.entries(dossier.documents).filter(([slot]) => changed.includes(`documents.${slot}`));
  const fields = Object.entries(dossier.fields).filter(([key]) => changed.includes(key));
  return {
    ...sheet,
    fields: { ...sheet.fields, ...Object.fromEntries(fields) },
    documents: { ...sheet.documents, ...Object.fromEntries(papers) },
    ...(changed.includes('machines') && { machines: dossier.machines }),
    ...(changed.includes('place') && dossier.place !== undefined && { place: dossier.place }),
    readiness: dossier.readiness,
  };
}

/** A paper for a slot lies there; a second sending of the same file changes nothing. */
function withPaper(before: Case, { file, slot }: Extract<OwnerNews, { kind: 'file' }>): Case['dossier'] {
  const { dossier } = before;
  if (slot === null) return dossier;
  const files = dossier.documents[slot]?.files ?? [];
  if (files.some(({ id }) => id === file.id)) return dossier;
  return { ...dossier, documents: { ...dossier.documents, [slot]: { files: [...files, file], state: 'sent' } } };
}

// ----------------------------------------------------------------------------------------------------- the program

function raise(before: Case, { answerBy }: Extract<CaseCommand, { kind: 'raise' }>, now: Instant): ActResult {
  const due = Date.parse(now) - Date.parse(before.openedAt) >= RAISE_AFTER_MS;
  if (before.status !== 'new' || before.raisedAt !== undefined || !due) return err({ kind: 'not-due' });
  const promise = answerBy === undefined ? {} : { answerBy };
  const after = withEntry(before, { raisedAt: now, ...promise }, { at: now, by: 'program', what: 'raised' });
  return ok({
    case: after,
    effects: [
      { kind: 'tell-rooms', news: { kind: 'raised' } },
      { kind: 'tell-owner', change: 'raised', ...promise },
    ],
  });
}
