/** Carries out the calls of one message, one after another, and says how far it came. */
import { type Api, InputFile } from 'grammy';
import type { Address, Failure, OutgoingPayload, SendContext, SendResult } from '../../service/ports.ts';
import { type Markup, type WireCall } from './encode.ts';
import { failureOf, isCardGone, isUnchanged, movedTo } from './failures.ts';

export interface SendingParts {
  readonly api: Api;
  /** 0, or the milliseconds until another message may go into this chat. */
  readonly pace: (chat: string, call: WireCall) => number;
  /** Telegram has answered something lately: a call without an answer may have been carried out. */
  readonly isAnswering: () => boolean;
  /** Where a chat lives now. */
  readonly resolve: (chat: string) => string;
  readonly moved: (from: string, to: string) => Promise<void>;
  /** Forum topic for a new card; undefined: none. */
  readonly topicFor: (chat: string, payload: OutgoingPayload) => Promise<number | undefined>;
}

interface Sending {
  readonly parts: SendingParts;
  readonly to: Address;
  readonly payload: OutgoingPayload;
  readonly context: SendContext;
}

export async function sendCalls(sending: Sending, calls: readonly WireCall[]): Promise<SendResult> {
  const platformIds: string[] = [];
  const failed = (failure: Failure, done: number): SendResult => ({ sent: false, failure, done, platformIds });
  for (let index = sending.context.skip; index < calls.length; index += 1) {
    const call = calls[index];
    if (call === undefined) break;
    const waitMs = sending.parts.pace(sending.parts.resolve(sending.to.chat), call);
    if (waitMs > 0) return failed({ kind: 'throttled', scope: 'chat', retryAfterMs: waitMs }, index);
    const outcome = await carryOut(sending, call);
    if ('failure' in outcome) return failed(outcome.failure, index);
    if (outcome.platformId !== null) platformIds.push(outcome.platformId);
  }
  return { sent: true, platformIds };
}

type CallOutcome = { readonly platformId: string | null } | { readonly failure: Failure };

async function carryOut(sending: Sending, call: WireCall): Promise<CallOutcome> {
  const { parts, to } = sending;
  const chat = parts.resolve(to.chat);
  try {
    return await perform(sending, call, chat);
  } catch (error) {
    const next = movedTo(error);
    if (next === null || next === chat) return { failure: judged(parts, error) };
    await parts.moved(chat, next);
    try {
      return await perform(sending, call, next);
    } catch (again) {
      return { failure: judged(parts, again) };
    }
  }
}

/** While Telegram is out of reach altogether (it is blocked at times), nothing that we sent can have arrived. */
function judged(parts: SendingParts, error: unknown): Failure {
  const failure = failureOf(error);
  return failure.kind === 'unreachable' && !parts.isAnswering() ? { kind: 'unreachable' } : failure;
}

async function perform(sending: Sending, call: WireCall, chat: string): Promise<CallOutcome> {
  if (call.kind === 'file') return sendFile(sending, call, chat);
  if (call.kind === 'edit' && sending.context.card !== undefined)
    return edit(sending, call, chat, sending.context.card);
  return sendText(sending, call, chat);
}

async function sendText(sending: Sending, call: WireCall & { html: string }, chat: string): Promise<CallOutcome> {
  const { parts, payload } = sending;
  const topic = payload.kind === 'say' ? undefined : await parts.topicFor(chat, payload);
  const message = await parts.api.sendMessage(chat, call.html, {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    ...(topic === undefined ? {} : { message_thread_id: topic }),
    ...replying(sending),
    ...markupOf(call.markup),
  });
  return { platformId: String(message.message_id) };
}

async function edit(
  sending: Sending,
  call: WireCall & { html: string },
  chat: string,
  card: string,
): Promise<CallOutcome> {
  const markup = call.markup !== undefined && 'inline_keyboard' in call.markup ? { reply_markup: call.markup } : {};
  try {
    await sending.parts.api.editMessageText(chat, Number(card), call.html, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...markup,
    });
    return { platformId: card };
  } catch (error) {
    if (isUnchanged(error)) return { platformId: card };
    // Somebody deleted it, or it stayed behind in the old group: there is nothing to rewrite.
    if (isCardGone(error)) return { platformId: null };
    throw error;
  }
}

async function sendFile(sending: Sending, call: WireCall & { kind: 'file' }, chat: string): Promise<CallOutcome> {
  const bytes = await sending.context.file(call.file.id);
  // Still being fetched: comes back with the next attempt.
  if (bytes === null) return { failure: { kind: 'unreachable' } };
  const { api } = sending.parts;
  const caption = call.caption === undefined ? {} : { caption: call.caption, parse_mode: 'HTML' as const };
  const more = { ...caption, ...replying(sending), ...markupOf(call.markup) };
  const file = new InputFile(bytes, headerName(call.file.name));
  if (call.as === 'photo') {
    try {
      return { platformId: String((await api.sendPhoto(chat, file, more)).message_id) };
    } catch (error) {
      // Telegram is choosy about pictures (sides, ratio, faulty JPEG): as a document they pass.
      const failure = failureOf(error);
      if (failure.kind !== 'refused' && failure.kind !== 'too-large') throw error;
      if (movedTo(error) !== null) throw error;
    }
  }
  const copy = new InputFile(bytes, headerName(call.file.name));
  return { platformId: String((await api.sendDocument(chat, copy, more)).message_id) };
}

/** grammY writes the name bare into a header: quoted, and without what would end it, it arrives whole. */
const headerName = (name: string) => `"${name.replace(/[\r\n"\\]/g, '_')}"`;

/** What belongs to a case answers its card; where the card was deleted, the message still comes. */
function replying({ payload, context }: Sending) {
  if (payload.kind !== 'thread' || context.card === undefined) return {};
  return { reply_parameters: { message_id: Number(context.card), allow_sending_without_reply: true } };
}

const markupOf = (markup: Markup | undefined) => (markup === undefined ? {} : { reply_markup: markup });
