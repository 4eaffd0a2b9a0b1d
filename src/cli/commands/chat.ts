/**
 * `chat`: talks to the bot in the terminal, over the real pieces and a database of its own that is thrown away at the end.
 * A line is what the owner types; `/file PATH` sends a file; the end of the input ends it.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { openLiveContent, joinBot } from '../../compose/index.ts';
import { openLog } from '../../log.ts';
import type { Channel, Inbound, LogMessage, RenderedMessage, Store } from '../../service/index.ts';
import { migrate, openStore } from '../../storage/index.ts';
import { DONE, readArgs, Refused, type Command, type CommandIo } from '../command.ts';
import { issueLine } from '../issue-line.ts';

const ADDRESS = { channel: 'webchat', chat: 'terminal' } as const;

export const chat: Command = {
  name: 'chat',
  async run(args, io) {
    readArgs(args, {}, [0, 0]);
    const dir = mkdtempSync(join(tmpdir(), 'khuyencong-chat-'));
    try {
      await talk(`file:${join(dir, 'chat.db')}`, io);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
    return DONE;
  },
};

/** Pulled, like the browser chat: what is stored is read from the store. */
const terminal: Channel = {
  name: 'webchat',
  capabilities: { maxText: 100_000, maxButtons: 100, maxLabel: 300, pull: true, maxFileBytes: 10_485_760 },
  start: async () => {},
  stop: async () => {},
  send: async () => ({ sent: true, platformIds: [] }),
};

async function talk(url: string, io: CommandIo): Promise<void> {
  const log = openLog('error');
  const content = await openContent(io);
  await migrate(url);
  const store = await openStore({ url, instance: io.newId() });
  const { receiver } = joinBot({
    store,
    channels: [terminal],
    content: () => content.current(),
    clock: io.clock,
    newId: io.newId,
    log,
    meter: { turn: () => {}, duplicate: () => {}, send: () => {} },
    rooms: () => [],
    secret: io.newId(),
  });
  let read = 0;
  const tell = async (inbound: Inbound) => {
    await receiver.receive([inbound]);
    const messages = await newMessages(store, read);
    read = messages.at(-1)?.seq ?? read;
    for (const { from, message } of messages) if (from !== 'owner') io.out(`\n${linesOf(message)}`);
  };
  try {
    await tell({ address: ADDRESS, event: { kind: 'started', id: io.newId(), sentAt: io.clock() } });
    for await (const line of createInterface({ input: process.stdin })) await tell(inboundOf(line, io));
  } finally {
    await receiver.idle();
    await content.stop();
    await store.close();
  }
}

async function openContent(io: CommandIo) {
  const settings = { served: null, handoverHours: 24 };
  const opened = await openLiveContent({ dir: io.contentDir, settings, today: () => io.today, log: openLog('error') });
  if (opened.ok) return opened.content;
  const errors = opened.issues.filter(({ severity }) => severity === 'error');
  throw new Refused(errors.map((issue) => issueLine(issue, io.text)).join('\n'));
}

async function newMessages(store: Store, after: number): Promise<readonly LogMessage[]> {
  const [conversation] = await store.load([ADDRESS]);
  return conversation === undefined ? [] : store.messages(conversation.id, after);
}

function inboundOf(line: string, io: CommandIo): Inbound {
  const common = { id: io.newId(), sentAt: io.clock() };
  const path = /^\/file\s+(.+)$/.exec(line)?.[1];
  if (path === undefined || !existsSync(io.path(path.trim())))
    return { address: ADDRESS, event: { kind: 'text', ...common, text: line } };
  const bytes = readFileSync(io.path(path.trim()));
  const file = { id: io.newId(), name: basename(path.trim()), type: 'application/octet-stream', size: bytes.length };
  return { address: ADDRESS, event: { kind: 'file', ...common, file }, file: { bytes } };
}

/** A message as a terminal shows it: paragraphs, lists with dashes, choices by number. */
function linesOf({ blocks, choices }: RenderedMessage): string {
  const words = blocks.map((block) => {
    if (block.kind === 'paragraph') return block.runs.map(({ text }) => text).join('');
    if (block.kind === 'list')
      return block.items.map((item) => `- ${item.map(({ text }) => text).join('')}`).join('\n');
    return `[${block.file.name}]`;
  });
  const numbered = choices.map(({ label }, at) => `  ${at + 1}. ${label}`);
  return [...words, ...(numbered.length === 0 ? [] : [numbered.join('\n')])].join('\n');
}
