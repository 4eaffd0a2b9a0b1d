/** What the thread of a case tells in a staff room. The code stands on the card alone, never here. */
import { exhaustive } from '../base/index.ts';
import { outcomes, type Case, type RoomNews } from '../casework/index.ts';
import type { FileRef, RenderedBlock } from '../content/index.ts';
import { labelOf } from '../dossier/index.ts';
import {
  linesOf,
  nameOf,
  otherCentres,
  roomButton,
  roomMessage,
  sheetItems,
  staffRuns,
  staffWords,
  textLabel,
  type Voice,
} from './case-voice.ts';
import type { LogMessage, RenderedMessage } from './ports.ts';
import { writePress } from './staff-token.ts';

const LOG_SHOWN = 20;
const LOG_LINE_MAX = 300;

/** News that asks for somebody carries the button to take the case. */
export const newsMessage = (voice: Voice, one: Case, news: RoomNews): RenderedMessage =>
  roomMessage(newsBlocks(voice, one, news), news.kind === 'raised' ? [roomButton(voice, one, 'take')] : []);

function newsBlocks(voice: Voice, one: Case, news: RoomNews): readonly RenderedBlock[] {
  const line = (key: string, values: Parameters<typeof staffRuns>[2] = {}) =>
    linesOf(staffRuns(voice, `news.${key}`, values));
  const field = (key: string) => ({ label: labelOf(voice.pack, key) });
  switch (news.kind) {
    case 'line':
      return [line('line', { text: news.text })];
    case 'file': {
      const { slot, file } = news;
      return [slot === null ? line('file') : line('paper', { paper: field(`documents.${slot}`) }), ...filesOf([file])];
    }
    case 'sheet': {
      const head = line('sheet', { list: { list: news.changed.map((key) => labelOf(voice.pack, key)) } });
      const items = sheetItems(voice, news, news.changed);
      return items.length === 0 ? [head] : [head, { kind: 'list', items: [...items] }];
    }
    case 'withdrawn':
    case 'colleague':
    case 'raised':
      return [line(news.kind)];
    case 'replied': {
      const said = news.text === undefined ? 'repliedFiles' : 'replied';
      return [line(said, { by: nameOf(voice, news.by), text: news.text ?? '' }), ...filesOf(news.files)];
    }
    case 'note':
      return [line('note', { by: nameOf(voice, news.by), text: news.text })];
    case 'asked':
      return [line('asked', { by: nameOf(voice, news.by), field: field(news.field), reason: news.reason })];
    case 'handed-over':
      return [line('handedOver', { by: nameOf(voice, news.by), to: nameOf(voice, news.to) })];
    case 'forwarded': {
      const { by, to, reason } = news;
      const said = reason === undefined ? 'forwarded' : 'forwardedWhy';
      return [line(said, { by: nameOf(voice, by), to, reason: reason ?? '' })];
    }
    default:
      return exhaustive(news);
  }
}

const filesOf = (files: readonly FileRef[]) => files.map((file): RenderedBlock => ({ kind: 'file', file }));

/** Closing asks for what came of it. */
export const outcomeQuestion = (voice: Voice, one: Case): RenderedMessage =>
  roomMessage(
    [linesOf(staffRuns(voice, 'outcomeQuestion'))],
    outcomes.map((outcome) => ({
      id: writePress({ verb: 'outcome', caseId: one.id, word: outcome }),
      label: voice.texts.label({ key: `outcome.${outcome}` }, voice.lang),
    })),
  );

/** Forwarding asks where to: the centres of the other provinces. Any other office is named at the desk. */
export const forwardQuestion = (voice: Voice, one: Case): RenderedMessage =>
  roomMessage(
    [linesOf(staffRuns(voice, 'forwardQuestion'))],
    otherCentres(voice.pack, one.province).map(({ id, name }) => ({
      id: writePress({ verb: 'to', caseId: one.id, word: id }),
      label: name,
    })),
  );

/** The end of the conversation so far, so that nobody has to ask again; null when nothing was said. */
export function soFarMessage(voice: Voice, log: readonly LogMessage[]): RenderedMessage | null {
  const shown = log.filter(({ message }) => message.secret !== true);
  const said = shown.map(({ from, message }) => ({ from, text: plainOf(message) })).filter(({ text }) => text !== '');
  const items = said
    .slice(-LOG_SHOWN)
    .map(({ from, text }) => staffRuns(voice, `soFar.${from}`, { text: shortened(text) }));
  return items.length === 0 ? null : roomMessage([linesOf(staffRuns(voice, 'soFar.title')), { kind: 'list', items }]);
}

/** A message of the staff that did not reach the owner, or not yet, and why, by kind of failure. */
export function undeliveredMessage(voice: Voice, failure: string, so: 'waits' | 'failed'): RenderedMessage {
  const reasons = so === 'waits' ? 'waiting' : 'failure';
  const known = voice.texts.has(`staff.${reasons}.${failure}`) ? failure : 'other';
  const why = textLabel(`staff.${reasons}.${known}`);
  return roomMessage([linesOf(staffRuns(voice, so === 'waits' ? 'waits' : 'undelivered', { why }))]);
}

/** A reply that went nowhere, and why. */
export const refusedReply = (voice: Voice, why: string): RenderedMessage =>
  roomMessage([linesOf([{ text: staffWords(voice, `refused.${why}`) }])]);

const plainOf = ({ blocks }: RenderedMessage): string =>
  blocks
    .flatMap((block) => (block.kind === 'paragraph' ? [block.runs] : block.kind === 'list' ? block.items : []))
    .map((line) => line.map((run) => run.text).join(''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

const shortened = (text: string): string => (text.length <= LOG_LINE_MAX ? text : `${text.slice(0, LOG_LINE_MAX)}…`);
