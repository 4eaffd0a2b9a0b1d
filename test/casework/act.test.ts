import { describe, expect, test } from 'vitest';
import { caseId, conversationId, provinceCode, staffId } from '../../src/base/index.ts';
import {
  act,
  openCase,
  outcomes,
  type Acted,
  type Actor,
  type Case,
  type CaseCommand,
  type Officer,
} from '../../src/casework/index.ts';

const opened = '2026-11-25T03:00:00.000Z';
const later = '2026-11-25T04:00:00.000Z';
const nextDay = '2026-11-26T03:00:00.000Z';
const ha: Officer = { id: staffId('tg9'), name: 'Hà' };
const minh: Officer = { id: staffId('tg10'), name: 'Minh' };
const as = (officer: Officer): Actor => ({ kind: 'officer', officer });
const owner: Actor = { kind: 'owner' };
const program: Actor = { kind: 'program' };
const dossier: Case['dossier'] = {
  fields: { applicantName: 'Bún khô cô Lan' },
  machines: [],
  documents: {},
  readiness: { done: 1, of: 10, missing: [], next: null },
};
const fresh = openCase(
  {
    id: caseId('c1'),
    code: 'TH-26-000001',
    about: 'registration',
    province: provinceCode('thanh-hoa'),
    conversation: conversationId('k1'),
    dossier,
  },
  opened,
);

/** Runs commands one after another; throws where one is refused. */
function after(...steps: readonly (readonly [CaseCommand, Actor])[]): Case {
  return steps.reduce((one, [command, actor]) => done(act(one, command, actor, later)).case, fresh);
}
function done(result: ReturnType<typeof act>): Acted {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
const kinds = (acted: Acted) =>
  acted.effects.map((effect) => (effect.kind === 'tell-owner' ? `tell-owner ${effect.change}` : effect.kind));

const take: CaseCommand = { kind: 'take' };
const reply: CaseCommand = { kind: 'reply', text: 'Chào chị', files: [] };
const close: CaseCommand = { kind: 'close', outcome: 'guided' };
const file = { id: 'f1', name: 'a.pdf', type: 'application/pdf', size: 3 };
const taken = after([take, as(ha)]);
const talking = after([reply, as(ha)]);
const closed = after([take, as(ha)], [close, as(ha)]);
const waiting = after([{ kind: 'ask-again', field: 'taxCode', reason: 'thiếu số' }, as(ha)]);
const forwarded = after([take, as(ha)], [{ kind: 'forward', to: 'Sở Công Thương' }, as(ha)]);
const erased: Case = { ...closed, outcome: 'erased' };
const withdrawn = after([{ kind: 'owner-news', news: { kind: 'withdrawn' } }, owner]);

describe('what staff do', () => {
  test.each<[string, Case, CaseCommand, Officer, Partial<Case>, string[]]>([
    [
      'the first to take it has it',
      fresh,
      take,
      ha,
      { status: 'taken', officer: ha },
      ['tell-owner taken', 'show-card'],
    ],
    [
      'a reply takes a case that nobody has',
      fresh,
      reply,
      ha,
      { status: 'taken', officer: ha, withStaff: true },
      ['pass-on', 'show-card', 'tell-rooms'],
    ],
    [
      'anybody may reply; who has it stays',
      taken,
      reply,
      minh,
      { officer: ha, withStaff: true },
      ['pass-on', 'tell-rooms'],
    ],
    [
      'a reply opens a closed case again',
      closed,
      reply,
      minh,
      { status: 'taken', officer: minh },
      ['pass-on', 'show-card', 'tell-rooms'],
    ],
    [
      'what the owner withdrew stays closed, though staff may still write',
      withdrawn,
      reply,
      ha,
      { status: 'closed', outcome: 'withdrawn' },
      ['pass-on', 'show-card', 'tell-rooms'],
    ],
    [
      'a case goes to a colleague',
      taken,
      { kind: 'hand-over', to: minh },
      ha,
      { officer: minh },
      ['tell-owner taken', 'show-card', 'tell-rooms'],
    ],
    ['a note stays among staff', taken, { kind: 'note', text: 'gọi lại' }, minh, { officer: ha }, ['tell-rooms']],
    [
      'one field is asked again',
      taken,
      { kind: 'ask-again', field: 'taxCode', reason: 'sai' },
      ha,
      { status: 'waiting-for-enterprise' },
      ['ask-owner', 'show-card', 'tell-rooms'],
    ],
    [
      'the bot gets the conversation back',
      talking,
      { kind: 'hand-back' },
      minh,
      { withStaff: false, officer: ha },
      ['tell-owner handed-back', 'show-card'],
    ],
    [
      'it goes to another office',
      taken,
      { kind: 'forward', to: 'Sở Công Thương' },
      ha,
      { status: 'forwarded', forwardedTo: 'Sở Công Thương' },
      ['tell-owner forwarded', 'show-card', 'tell-rooms'],
    ],
    [
      'it comes back from another office',
      forwarded,
      { kind: 'reopen' },
      minh,
      { status: 'taken', officer: minh },
      ['tell-owner reopened', 'show-card'],
    ],
    [
      'it is closed with an outcome',
      talking,
      close,
      ha,
      { status: 'closed', outcome: 'guided', withStaff: false },
      ['tell-owner closed', 'show-card'],
    ],
    [
      'it is opened again',
      closed,
      { kind: 'reopen', reason: 'nhầm' },
      minh,
      { status: 'taken', officer: minh },
      ['tell-owner reopened', 'show-card'],
    ],
  ])('%s', (_name, before, command, by, expected, effects) => {
    const acted = done(act(before, command, as(by), later));
    expect(acted.case).toMatchObject(expected);
    expect(kinds(acted)).toEqual(effects);
    expect(acted.case.version).toBe(before.version + 1);
    expect(acted.case.changedAt).toBe(later);
    expect(acted.case.entries.at(-1)).toMatchObject({ at: later, by: by.name });
    expect(acted.case.entries).toHaveLength(before.entries.length + 1);
  });

  test('an opened case has no outcome and no other office left over', () => {
    expect(done(act(forwarded, { kind: 'reopen' }, as(ha), later)).case).not.toHaveProperty('forwardedTo');
    expect(done(act(closed, { kind: 'reopen' }, as(ha), later)).case).not.toHaveProperty('outcome');
    expect(done(act(closed, reply, as(ha), later)).case).not.toHaveProperty('outcome');
  });

  test.each<[string, Case, CaseCommand, Actor, object]>([
    ['a second claim is told who has it', taken, take, as(minh), { kind: 'taken-by', officer: ha }],
    ['a claim of one’s own', taken, take, as(ha), { kind: 'yours-already' }],
    ['a claim of a closed case', closed, take, as(minh), { kind: 'closed' }],
    ['closing twice', closed, close, as(ha), { kind: 'closed' }],
    ['an outcome of one’s own making', taken, { kind: 'close', outcome: 'x' }, as(ha), { kind: 'unknown-outcome' }],
    [
      'an outcome that only the owner makes',
      taken,
      { kind: 'close', outcome: 'withdrawn' },
      as(ha),
      { kind: 'unknown-outcome' },
    ],
    ['an empty reply', taken, { kind: 'reply', text: ' \n', files: [] }, as(ha), { kind: 'empty' }],
    ['an empty note', taken, { kind: 'note', text: '' }, as(ha), { kind: 'empty' }],
    [
      'a question without a reason',
      taken,
      { kind: 'ask-again', field: 'phone', reason: '' },
      as(ha),
      { kind: 'empty' },
    ],
    ['answering a person who erased everything', erased, reply, as(ha), { kind: 'person-gone' }],
    ['handing back what the bot has', taken, { kind: 'hand-back' }, as(ha), { kind: 'not-with-staff' }],
    ['opening an open case', taken, { kind: 'reopen' }, as(ha), { kind: 'not-closed' }],
    ['opening what the owner withdrew', withdrawn, { kind: 'reopen' }, as(ha), { kind: 'not-allowed' }],
    ['handing a case to who has it', taken, { kind: 'hand-over', to: ha }, as(minh), { kind: 'taken-by', officer: ha }],
    ['the owner taking a case', fresh, take, owner, { kind: 'not-allowed' }],
    [
      'staff speaking as the owner',
      fresh,
      { kind: 'owner-news', news: { kind: 'withdrawn' } },
      as(ha),
      { kind: 'not-allowed' },
    ],
  ])('%s is refused', (_name, before, command, actor, refusal) => {
    expect(act(before, command, actor, later)).toEqual({ ok: false, error: refusal });
  });

  test('every outcome that is offered closes a case', () => {
    for (const outcome of outcomes) {
      expect(done(act(taken, { kind: 'close', outcome }, as(ha), later)).case.outcome).toBe(outcome);
    }
  });
});

describe('what the owner adds', () => {
  const hear = (before: Case, news: Extract<CaseCommand, { kind: 'owner-news' }>['news']) =>
    done(act(before, { kind: 'owner-news', news }, owner, later));

  test('a line goes to the rooms and changes nothing', () => {
    const acted = hear(taken, { kind: 'line', text: 'dạ' });
    expect(acted.case).toBe(taken);
    expect(kinds(acted)).toEqual(['tell-rooms']);
  });

  test('a line that staff waited for gives the case back to them', () => {
    expect(hear(waiting, { kind: 'line', text: '0312345678' }).case.status).toBe('taken');
  });

  test('a paper lies in its slot, once', () => {
    const once = hear(taken, { kind: 'file', file, slot: 'quote' }).case;
    expect(hear(once, { kind: 'file', file, slot: 'quote' }).case.dossier.documents['quote']).toEqual({
      files: [file],
      state: 'sent',
    });
    expect(hear(taken, { kind: 'file', file, slot: null }).case.dossier).toBe(taken.dossier);
  });

  test('a changed sheet replaces the old one and says what changed', () => {
    const sheet = { ...dossier, fields: { applicantName: 'Bún Lan' } };
    const acted = hear(waiting, { kind: 'sheet', dossier: sheet, changed: ['applicantName'] });
    expect(acted.case).toMatchObject({ status: 'taken', dossier: sheet });
    expect(acted.case.entries.at(-1)).toMatchObject({ by: 'owner', what: 'changed-sheet', text: 'applicantName' });
  });

  test('changes only what was asked where the rest is of another sheet', () => {
    const papers = { 'bao-gia': { files: [], state: 'later' as const } };
    const other = { ...dossier, fields: { applicantName: 'Cơ sở khác', phone: '+84912345678' }, documents: papers };
    const ready = { done: 2, of: 10, missing: [], next: null };
    const news = { kind: 'sheet', dossier: { ...other, readiness: ready }, changed: ['phone'], only: true } as const;
    expect(hear(fresh, news).case.dossier).toEqual({
      ...dossier,
      fields: { applicantName: 'Bún khô cô Lan', phone: '+84912345678' },
      readiness: ready,
    });
    expect(hear(fresh, { ...news, changed: ['documents.bao-gia'] }).case.dossier).toMatchObject({
      fields: { applicantName: 'Bún khô cô Lan' },
      documents: papers,
    });
  });

  test('a withdrawal closes the case', () => {
    expect(withdrawn).toMatchObject({ status: 'closed', withdrawn: true, outcome: 'withdrawn' });
  });
});

describe('a case that nobody takes', () => {
  const raise: CaseCommand = { kind: 'raise', answerBy: '2026-11-26T08:00:00.000Z' };

  test('is raised after a day, once, and the owner is told when to expect an answer', () => {
    const acted = done(act(fresh, raise, program, nextDay));
    expect(kinds(acted)).toEqual(['tell-rooms', 'tell-owner raised']);
    expect(acted.case).toMatchObject({ raisedAt: nextDay, answerBy: '2026-11-26T08:00:00.000Z', status: 'new' });
    expect(act(acted.case, raise, program, '2026-11-29T03:00:00.000Z')).toMatchObject({ error: { kind: 'not-due' } });
  });

  test.each([
    ['a moment too early', fresh, '2026-11-26T02:59:59.999Z'],
    ['taken', taken, nextDay],
    ['closed', closed, nextDay],
  ])('not when %s', (_name, before, now) => {
    expect(act(before, raise, program, now)).toMatchObject({ ok: false });
  });
});

test('a step changes nothing outside itself', () => {
  const frozen = JSON.stringify([fresh, taken, closed]);
  for (const one of [fresh, taken, closed]) {
    for (const command of [take, reply, close, { kind: 'hand-back' } as const]) act(one, command, as(minh), later);
  }
  expect(JSON.stringify([fresh, taken, closed])).toBe(frozen);
});
