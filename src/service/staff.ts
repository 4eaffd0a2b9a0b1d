/**
 * What staff do to a case, the same from a group's button or reply, the desk and the command line. Here is found out who
 * acts: the button names a case, the case names the person, the platform names who pressed.
 */
import { staffId, type CaseId, type ConversationId } from '../base/index.ts';
import type { Case, CaseCommand, Officer } from '../casework/index.ts';
import { sheetMessage } from './case-card.ts';
import { provinceOf } from './case-desk.ts';
import { forwardQuestion, outcomeQuestion, refusedReply } from './case-news.ts';
import { staffWords } from './case-voice.ts';
import { FILE_MAX_BYTES } from './files.ts';
import { raiseOverdue, showCardsAgain, tellFileLost, tellUndelivered } from './overdue.ts';
import type { ActAnswer, Address, NewFile, OutboxRow, RoomAct, RoomMember } from './ports.ts';
import { command, tell, type Commanded, type Order, type StaffParts } from './staff-command.ts';
import { readPress, writePress, type RoomPress } from './staff-token.ts';
import { readTyped } from './staff-typed.ts';

export type { Commanded, ConversationSteps, Order, StaffParts } from './staff-command.ts';

export interface Staff {
  /** A press or a reply in a staff room; what the presser reads. */
  act(done: RoomAct): Promise<ActAnswer>;
  /** Rejects only when storing failed. */
  command(order: Order): Promise<Commanded>;
  /** A message was given up, or waits for long: where staff wrote it, they are told. */
  undelivered(row: Pick<OutboxRow, 'conversation' | 'payload'>, failure: string, so: 'waits' | 'failed'): Promise<void>;
  /** A file that staff sent could not be fetched: they are told. */
  fileLost(conversation: ConversationId, why: 'too-large' | 'lost'): Promise<void>;
  /** Raises what nobody took in a day; answers how many. */
  raiseOverdue(): Promise<number>;
  /** After `Rooms.moved`: open cases get their card where the room is now; answers how many. */
  showCardsAgain(from: Address, to: Address): Promise<number>;
}

export function createStaff(parts: StaffParts): Staff {
  return {
    act: (done) => actOnce(parts, done),
    command: (order) => command(parts, order),
    undelivered: (row, failure, so) => tellUndelivered(parts, row, failure, so),
    fileLost: (conversation, why) => tellFileLost(parts, conversation, why),
    raiseOverdue: () => raiseOverdue(parts),
    showCardsAgain: (from, to) => showCardsAgain(parts, from, to),
  };
}

/** A bug is told once, not asked for again for ever; a store that cannot be reached is the channel's to try again. */
async function actOnce(parts: StaffParts, done: RoomAct): Promise<ActAnswer> {
  try {
    if (done.kind === 'typed') return await typed(parts, done);
    return await (done.kind === 'press' ? press(parts, done) : reply(parts, done));
  } catch (error) {
    await parts.store.ping();
    parts.log.error({ err: error, act: done.kind, id: done.id }, 'act failed');
    return { toast: staffWords(parts.voice(), 'toast.failed') };
  }
}

/** Every member of a staff room is an officer; who is known at the desk goes by that name everywhere. */
async function officerOf(parts: StaffParts, member: RoomMember): Promise<Officer> {
  const known = await parts.store.staffOfAccount(member.channel, member.id);
  return known === null ? { id: staffId(`${member.channel}:${member.id}`), name: member.name } : known;
}

const isRoom = (parts: StaffParts, room: Address) =>
  parts.rooms().some(({ channel, chat }) => channel === room.channel && chat === room.chat);

const onceOf = (done: RoomAct) => `${done.room.channel}:${done.room.chat}:${done.id}`;

async function press(parts: StaffParts, done: Extract<RoomAct, { kind: 'press' }>): Promise<ActAnswer> {
  const toast = (key: string, values: Readonly<Record<string, string>> = {}) => ({
    toast: staffWords(parts.voice(), `toast.${key}`, values),
  });
  const pressed = readPress(done.token);
  if (pressed === null || !isRoom(parts, done.room)) return toast('unknown');
  const { verb, caseId } = pressed;
  if (verb === 'sheet' || verb === 'close' || verb === 'forward') return show(parts, done, { verb, caseId });
  const { id, name } = await officerOf(parts, done.by);
  const commanded = await command(parts, {
    caseId,
    command: commandOf(parts, pressed),
    actor: { kind: 'officer', officer: { id, name } },
    once: onceOf(done),
    from: done.room,
  });
  if (commanded.done) return toast(verb);
  const { why } = commanded;
  return toast(why.kind, why.kind === 'taken-by' ? { name: why.officer.name } : {});
}

function commandOf(parts: StaffParts, { verb, word }: RoomPress): CaseCommand {
  if (verb === 'back') return { kind: 'hand-back' };
  if (verb === 'outcome') return { kind: 'close', outcome: word ?? '' };
  if (verb === 'to') return { kind: 'forward', to: provinceOf(parts.voice().pack, word ?? '')?.centre.name ?? '' };
  return verb === 'reopen' ? { kind: 'reopen' } : { kind: 'take' };
}

const questions = { sheet: sheetMessage, close: outcomeQuestion, forward: forwardQuestion } as const;

/** The whole sheet, or the question what came of it or where it goes: into the thread, for all to see. */
async function show(
  parts: StaffParts,
  done: RoomAct,
  { verb, caseId }: { readonly verb: keyof typeof questions; readonly caseId: CaseId },
): Promise<ActAnswer> {
  const one = await parts.store.loadCase(caseId);
  const voice = parts.voice();
  if (one === null) return { toast: staffWords(voice, 'toast.unknown') };
  if (verb !== 'sheet' && one.status === 'closed') return { toast: staffWords(voice, 'toast.closed') };
  await tell(parts, one, questions[verb](voice, one), [done.room]);
  return null;
}

async function reply(parts: StaffParts, given: Reply): Promise<ActAnswer> {
  const one = await parts.store.caseOfRoomMessage(given.room, given.toMessage);
  if (one === null || !isRoom(parts, given.room)) return null;
  // First, so that a colleague's answer to this reply finds the case even after a crash in between.
  await parts.store.noteRoomMessages(given.room, one.id, 'reply', [given.messageId]);
  const done = given.file !== undefined && given.file.size > FILE_MAX_BYTES ? withoutFile(given) : given;
  if (done !== given) await tell(parts, one, refusedReply(parts.voice(), 'tooLarge'), [given.room]);
  const { id, name } = await officerOf(parts, done.by);
  const commanded = await command(parts, {
    caseId: one.id,
    command: {
      kind: 'reply',
      files: done.file === undefined ? [] : [done.file],
      ...(done.text === undefined ? {} : { text: done.text }),
    },
    actor: { kind: 'officer', officer: { id, name } },
    once: onceOf(done),
    from: done.room,
    files: newFileOf(done, one),
  });
  if (!commanded.done && commanded.why.kind !== 'empty') {
    await tell(parts, one, refusedReply(parts.voice(), 'reply'), [done.room]);
  }
  return null;
}

type Reply = Extract<RoomAct, { kind: 'reply' }>;

function withoutFile({ file: _file, remote: _remote, ...rest }: Reply): Reply {
  return rest;
}

function newFileOf(done: Pick<Reply, 'file' | 'remote' | 'room'>, one: Case): readonly NewFile[] {
  const { file, remote } = done;
  if (file === undefined || remote === undefined) return [];
  return [{ ref: file, conversation: one.conversation, remote, channel: done.room.channel }];
}

/** Longest name of an office, UTF-16 units: the owner reads it in a sentence. */
const PLACE_MAX = 200;

/** A room without buttons: the command in words does what the button or the reply would. */
async function typed(parts: StaffParts, done: Extract<RoomAct, { kind: 'typed' }>): Promise<ActAnswer> {
  const { texts, lang } = parts.voice();
  const toast = (key: string) => ({ toast: texts.label({ key: `zalo.typed.${key}` }, lang) });
  if (!isRoom(parts, done.room)) return null;
  const meant = await readTyped(parts, done.text, done.file !== undefined);
  if (meant.kind === 'say') return toast(meant.key);
  if (meant.kind === 'press') {
    return press(parts, { ...done, kind: 'press', token: writePress(meant.press), onMessage: '' });
  }
  const { id, name } = await officerOf(parts, done.by);
  const { kind } = meant;
  const said = kind === 'reply' && meant.text !== '' ? { text: meant.text } : {};
  const files = kind !== 'reply' || done.file === undefined ? [] : [done.file];
  const commanded = await command(parts, {
    caseId: meant.case.id,
    command: kind === 'reply' ? { kind, ...said, files } : { kind, to: meant.to.slice(0, PLACE_MAX) },
    actor: { kind: 'officer', officer: { id, name } },
    once: onceOf(done),
    from: done.room,
    files: kind === 'reply' ? newFileOf(done, meant.case) : [],
  });
  if (!commanded.done) return toast('refused');
  return toast(kind === 'reply' ? 'replied' : 'forwarded');
}
