/** The staff's group: where it lives now, how fast it may be written to, and the topic of each case when it is a forum. */
import type { Api } from 'grammy';
import type { OutgoingPayload } from '../../service/ports.ts';
import { TOPIC_NAME_MAX } from './capabilities.ts';
import { topicName, type WireCall } from './encode.ts';
import { failureOf } from './failures.ts';
import { GroupPace } from './pace.ts';

/** What the operator reads while staff cannot be reached. */
export const NOT_IN_ROOM =
  'the bot is not a member of the staff group (TELEGRAM_STAFF_CHAT_ID), or may not write there';

export class StaffRoom {
  private readonly pace = new GroupPace();
  /** Old id → new id of a group that became a supergroup. */
  private readonly movedTo = new Map<string, string>();
  private readonly topics = new Map<string, number>();
  private readonly forums = new Map<string, boolean>();
  /** Every id the group has had, the latest last. */
  readonly chats: string[];

  constructor(
    private readonly api: Api,
    chat: string | null,
    private readonly nowMs: () => number,
  ) {
    this.chats = chat === null ? [] : [chat];
  }

  resolve(chat: string): string {
    return this.movedTo.get(chat) ?? chat;
  }

  /** False when that was known. */
  move(from: string, to: string): boolean {
    if (this.movedTo.get(from) === to) return false;
    this.movedTo.set(from, to);
    this.chats.push(to);
    return true;
  }

  /** 0, or the milliseconds until another message may go into the chat. Rewriting a card is free. */
  waitFor(chat: string, call: WireCall): number {
    if (!this.chats.includes(chat) || call.kind === 'edit') return 0;
    return this.pace.take(chat, call.kind === 'file', this.nowMs());
  }

  /** The forum topic for a new card, made at need; undefined: no forum, or no right to make topics. */
  async topicFor(chat: string, payload: OutgoingPayload): Promise<number | undefined> {
    if (payload.kind !== 'card' || !(await this.isForum(chat))) return undefined;
    const known = this.topics.get(payload.caseId);
    if (known !== undefined) return known;
    try {
      const topic = await this.api.createForumTopic(chat, topicName(payload.message, TOPIC_NAME_MAX));
      this.topics.set(payload.caseId, topic.message_thread_id);
      return topic.message_thread_id;
    } catch (error) {
      if (!['refused', 'recipient-gone', 'bad-credentials'].includes(failureOf(error).kind)) throw error;
      this.forums.set(chat, false);
      return undefined;
    }
  }

  /** False: the bot is not there, or there is no such group. Other trouble says nothing about it. */
  async isReachable(): Promise<boolean> {
    const chat = this.chats.at(-1);
    if (chat === undefined) return true;
    try {
      this.forums.set(chat, (await this.api.getChat(chat)).is_forum === true);
      return true;
    } catch (error) {
      return failureOf(error).kind !== 'recipient-gone';
    }
  }

  private async isForum(chat: string): Promise<boolean> {
    const known = this.forums.get(chat);
    if (known !== undefined) return known;
    try {
      const found = (await this.api.getChat(chat)).is_forum === true;
      this.forums.set(chat, found);
      return found;
    } catch (error) {
      // Asked again with the next card; this one goes to the general topic.
      failureOf(error);
      return false;
    }
  }
}
