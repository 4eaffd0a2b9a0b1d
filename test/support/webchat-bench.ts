/**
 * The browser chat over real HTTP with the smallest conversation behind it: a log in memory that greets and repeats.
 * For the edge alone; journeys run on the real service.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { conversationId, fileId, type ConversationId } from '../../src/base/index.ts';
import { openWebchat, type WebchatParts } from '../../src/channels/webchat/index.ts';
import { openLog } from '../../src/log.ts';
import { openMetrics, startWeb } from '../../src/web/index.ts';
import type { FileRef, Inbound, LogMessage, RenderedMessage, Store } from '../../src/service/ports.ts';

const PAGE = 'src/channels/webchat/page';
export const pageFiles = Object.fromEntries(
  readdirSync(PAGE).map((name) => [name, readFileSync(`${PAGE}/${name}`, 'utf8')]),
);

export interface WebchatBench {
  readonly base: string;
  /** All that the channel handed in, in order. */
  readonly received: Inbound[];
  /** Stores a message, as the service would, and wakes the streams. */
  publish(session: string, message: Partial<RenderedMessage> & { readonly words?: string }): void;
  /** All that was said in a session is gone, as after its time. */
  forget(session: string): void;
  setNow(instant: string): void;
  stop(): Promise<void>;
}

export async function startWebchatBench(options: Partial<WebchatParts> = {}): Promise<WebchatBench> {
  const logs = new Map<ConversationId, LogMessage[]>();
  const files = new Map<string, { ref: FileRef; bytes: Uint8Array }>();
  const received: Inbound[] = [];
  const known = new Set<string>();
  let now = '2026-11-25T03:00:00.000Z';
  let ids = 0;
  const logOf = (chat: string) => {
    const id = conversationId(`of-${chat}`);
    const log = logs.get(id) ?? [];
    logs.set(id, log);
    return { id, log };
  };
  const store: Pick<Store, 'load' | 'messages' | 'readFile' | 'fileStatuses'> = {
    fileStatuses: async () => new Map(),
    load: async (addresses) => addresses.map((address) => ({ id: logOf(address.chat).id, address, state: null })),
    messages: async (id, afterSeq) => (logs.get(id) ?? []).filter(({ seq }) => seq > afterSeq),
    readFile: async (id) => files.get(id) ?? null,
  };
  const { channel, app } = openWebchat({
    page: pageFiles,
    words: () => ({ title: 'Chat', tooFast: 'Slower' }),
    store,
    secret: 'a secret of the bench',
    clock: () => now,
    newId: () => `id-${(ids += 1)}`,
    ...options,
  });
  const append = (chat: string, from: LogMessage['from'], message: RenderedMessage) => {
    const { id, log } = logOf(chat);
    log.push({ seq: log.length + 1, from, message, at: now, delivery: 'sent' });
    channel.published?.(id);
  };
  const words = (text: string): RenderedMessage => ({
    from: 'bot',
    blocks: [{ kind: 'paragraph', runs: [{ text }] }],
    choices: [],
  });
  await channel.start({
    async receive(inbounds) {
      for (const inbound of inbounds) {
        const { chat } = inbound.address;
        const { event } = inbound;
        if (known.has(`${chat} ${event.id}`)) continue;
        known.add(`${chat} ${event.id}`);
        received.push(inbound);
        if (event.kind === 'started') append(chat, 'bot', words('hello'));
        if (event.kind === 'text') {
          append(chat, 'owner', words(event.text));
          append(chat, 'bot', words(`you said: ${event.text.slice(0, 50)}`));
        }
        if (event.kind === 'choice') append(chat, 'bot', words(`you pressed: ${event.token}`));
        if (event.kind === 'file' && inbound.file !== undefined && 'bytes' in inbound.file) {
          files.set(fileId(event.file.id), { ref: event.file, bytes: inbound.file.bytes });
          append(chat, 'bot', { from: 'bot', blocks: [{ kind: 'file', file: event.file }], choices: [] });
        }
      }
    },
    act: async () => null,
    roomMoved: async () => {},
    warn: () => {},
  });
  const web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    channels: [channel],
    pages: [app],
    log: openLog('silent'),
    readiness: async () => ({ notReady: {}, warnings: [] }),
    metrics: openMetrics(),
    gauges: async () => ({ outboxDepth: 0, outboxOldestSeconds: 0, handedOver: 0 }),
  });
  return {
    base: `http://127.0.0.1:${web.port}`,
    received,
    publish: (session, { words: text, ...message }) =>
      append(session, message.from ?? 'bot', { ...words(text ?? ''), ...message }),
    forget: (session) => void logs.delete(conversationId(`of-${session}`)),
    setNow(instant) {
      now = instant;
    },
    async stop() {
      await channel.stop();
      await web.close();
    },
  };
}
