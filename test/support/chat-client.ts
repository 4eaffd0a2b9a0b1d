/**
 * A client of the owner's chat API (contract, section 3), as any program may write one: it opens a session, reads what
 * the bot says, and answers by what is asked. Journeys are written with it as a table of answers.
 */
import { randomUUID } from 'node:crypto';

export interface SeenChoice {
  readonly id: string;
  readonly label: string;
  readonly value?: string;
}

export interface SeenMessage {
  readonly id: string;
  readonly from: 'bot' | 'staff' | 'owner';
  readonly text: string;
  readonly ask?: { readonly id: string; readonly kind: string };
  readonly choices: readonly SeenChoice[];
  readonly files: readonly { id: string; name: string; type: string; size: number; url: string }[];
  readonly at: string;
}

export interface FileToSend {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Words to type, the value of a choice to press (when the message has one), several of them, or a file. */
export type Reply = string | readonly string[] | { readonly file: FileToSend } | { readonly press: string };

/**
 * What to answer by `ask.id`; `name.*` answers all ids that begin with `name.`, `*` the rest. A function is asked each
 * time; `{turns: […]}` gives one answer after the other and stays with the last.
 */
export type Answers = Readonly<
  Record<string, Reply | ((message: SeenMessage) => Reply) | { readonly turns: readonly Reply[] }>
>;

export class ChatClient {
  /** All that was said so far by the bot and by staff, in order. */
  readonly seen: SeenMessage[] = [];
  private readonly timesAsked = new Map<string, number>();

  private constructor(
    readonly base: string,
    readonly sessionId: string,
    readonly token: string,
  ) {}

  /** Opens a session and waits for the greeting. `base` is e.g. `http://127.0.0.1:3000`. */
  static async open(base: string): Promise<ChatClient> {
    const answer = await fetch(`${base}/chat/sessions`, { method: 'POST' });
    if (answer.status !== 201) throw new Error(`POST /chat/sessions: ${answer.status} ${await answer.text()}`);
    const { sessionId, token } = (await answer.json()) as { sessionId: string; token: string };
    const client = new ChatClient(base, sessionId, token);
    await client.next();
    return client;
  }

  /** Goes on with a session that was opened before, as a page does after a reload. Reads all its messages. */
  static async resume(base: string, session: { sessionId: string; token: string }): Promise<ChatClient> {
    const client = new ChatClient(base, session.sessionId, session.token);
    await client.read();
    return client;
  }

  get headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.token}` };
  }

  get last(): SeenMessage {
    const message = this.seen.at(-1);
    if (message === undefined) throw new Error('Nothing was said yet');
    return message;
  }

  /** The question that waits for an answer: the last message if it asks. */
  get ask(): SeenMessage['ask'] {
    return this.seen.at(-1)?.ask;
  }

  /** Sends a text and returns what was said upon it. */
  async say(text: string): Promise<readonly SeenMessage[]> {
    await this.post({ text });
    return this.next();
  }

  /** Presses the choice with this value, id or label on the last message that shows it. */
  async choose(wanted: string): Promise<readonly SeenMessage[]> {
    const choice = this.findChoice(wanted);
    if (choice === undefined) throw new Error(`No choice ${wanted} on: ${describe(this.seen.at(-1))}`);
    await this.post({ choice: choice.id });
    return this.next();
  }

  async sendFile(file: FileToSend): Promise<readonly SeenMessage[]> {
    const form = new FormData();
    form.set('clientMessageId', randomUUID());
    form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
    const answer = await fetch(`${this.base}/chat/messages`, { method: 'POST', headers: this.headers, body: form });
    if (answer.status !== 202) throw new Error(`POST /chat/messages: ${answer.status} ${await answer.text()}`);
    return this.next();
  }

  /** Replies in whichever way fits the last message: presses where a choice has that value, else types. */
  async reply(reply: Reply): Promise<readonly SeenMessage[]> {
    if (typeof reply === 'string') {
      return this.findChoice(reply, this.last) === undefined ? this.say(reply) : this.choose(reply);
    }
    if ('file' in reply) return this.sendFile(reply.file);
    if ('press' in reply) return this.choose(reply.press);
    const said: SeenMessage[] = [];
    for (const each of reply) said.push(...(await this.choose(each)));
    return this.ask?.kind === 'multi-choice' && this.findChoice('done') !== undefined
      ? [...said, ...(await this.choose('done'))]
      : said;
  }

  /**
   * Answers what is asked from the table until `until` holds of the newest messages, and returns them. Throws with the
   * last message when something is asked that the table does not know, when nothing is asked, or after `most` answers.
   */
  async follow(
    answers: Answers,
    until: (said: readonly SeenMessage[]) => boolean,
    most = 120,
  ): Promise<readonly SeenMessage[]> {
    let said: readonly SeenMessage[] = [this.last];
    for (let count = 0; count < most; count += 1) {
      if (until(said)) return said;
      said = await this.reply(this.answerFrom(answers));
    }
    throw new Error(`Still going after ${most} answers: ${describe(this.seen.at(-1))}`);
  }

  /** Reads once what is new, without waiting. */
  async read(): Promise<readonly SeenMessage[]> {
    const after = this.seen.at(-1)?.id;
    const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
    const answer = await fetch(`${this.base}/chat/messages${query}`, { headers: this.headers });
    if (answer.status !== 200) throw new Error(`GET /chat/messages: ${answer.status} ${await answer.text()}`);
    const { messages } = (await answer.json()) as { messages: SeenMessage[] };
    this.seen.push(...messages);
    return messages;
  }

  /** Waits until something new is said (at most `withinMs`); throws when nothing is. */
  async next(withinMs = 10_000): Promise<readonly SeenMessage[]> {
    for (let waited = 0; waited <= withinMs; waited += 25) {
      const messages = await this.read();
      if (messages.length > 0) return messages;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`Nothing new was said after: ${describe(this.seen.at(-1))}`);
  }

  /** Posts without waiting for an answer; returns the response. `clientMessageId` may be repeated on purpose. */
  async post(body: { text: string } | { choice: string }, clientMessageId: string = randomUUID()): Promise<Response> {
    const answer = await fetch(`${this.base}/chat/messages`, {
      method: 'POST',
      headers: { ...this.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ clientMessageId, ...body }),
    });
    if (answer.status !== 202) throw new Error(`POST /chat/messages: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  private findChoice(wanted: string, on?: SeenMessage): SeenChoice | undefined {
    const choices = (on ?? this.seen.findLast((message) => message.choices.length > 0))?.choices ?? [];
    return (
      choices.find(({ value }) => value === wanted) ??
      choices.find(({ id, label }) => id === wanted || label === wanted)
    );
  }

  private answerFrom(answers: Answers): Reply {
    const { ask } = this.last;
    if (ask === undefined) throw new Error(`Nothing is asked by: ${describe(this.last)}`);
    const key = [ask.id, `${ask.id.split('.')[0]}.*`, '*'].find((each) => Object.hasOwn(answers, each));
    const answer = key === undefined ? undefined : answers[key];
    if (answer === undefined || key === undefined) throw new Error(`No answer for: ${describe(this.last)}`);
    const times = this.timesAsked.get(key) ?? 0;
    this.timesAsked.set(key, times + 1);
    if (typeof answer === 'function') return answer(this.last);
    if (typeof answer === 'object' && 'turns' in answer) {
      const turn = answer.turns[Math.min(times, answer.turns.length - 1)];
      if (turn === undefined) throw new Error(`An empty list of turns for ${key}`);
      return turn;
    }
    return answer;
  }
}

function describe(message: SeenMessage | undefined): string {
  if (message === undefined) return '(nothing)';
  const choices = message.choices.map(({ label, value }) => `[${label}${value === undefined ? '' : ` = ${value}`}]`);
  return `${JSON.stringify(message.ask ?? null)} «${message.text}» ${choices.join(' ')}`;
}

/** The case code in what was said, e.g. `TH-26-000123`; null when there is none. */
export function caseCodeIn(said: readonly SeenMessage[]): string | null {
  return /\b[A-Z]{2,4}-\d{2}-\d{6}\b/.exec(said.map(({ text }) => text).join('\n'))?.[0] ?? null;
}
