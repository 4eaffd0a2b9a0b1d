/**
 * A process of its own with the Official Account's channel on the database of argv: on each line of stdin it sends to the
 * chats named there, all at once, and tells on stdout how it went.
 */
import { createInterface } from 'node:readline';
import { ZaloChannel } from '../../src/channels/zalo/index.ts';
import { openLog } from '../../src/log.ts';
import { openStore } from '../../src/storage/index.ts';

export interface TokenProcessOptions {
  readonly url: string;
  readonly instance: string;
  readonly root: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly oaSecretKey: string;
  readonly access: string;
  readonly refresh: string;
  /** How far its clock is ahead, ms. */
  readonly aheadMs: number;
}

const options = JSON.parse(process.argv[2] ?? '') as TokenProcessOptions;
const { root, access: accessToken, refresh: refreshToken, url, instance, aheadMs, ...account } = options;
const store = await openStore({ url, instance });
const channel = new ZaloChannel({
  ...account,
  apiRoot: root,
  oauthRoot: root,
  businessRoot: root,
  accessToken,
  refreshToken,
  replyTemplate: null,
  store,
  secret: 'app-secret-for-sealing',
  clock: () => new Date(Date.now() + aheadMs).toISOString(),
  nowMs: () => performance.now(),
  log: openLog('silent'),
  words: (key) => key,
  linkTo: () => null,
  contactImage: null,
  saidLately: () => Promise.resolve({ messages: [], ids: [], lost: false }),
  phoneOf: () => Promise.resolve(null),
});

const send = async (chat: string): Promise<boolean> => {
  const message = { from: 'bot', blocks: [{ kind: 'paragraph', runs: [{ text: 'Chào.' }] }], choices: [] } as const;
  const context = { skip: 0, file: () => Promise.resolve(null) };
  return (await channel.send({ channel: 'zalo', chat }, { kind: 'say', message }, context)).sent;
};

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const sent = await Promise.all((JSON.parse(line) as string[]).map(send));
  process.stdout.write(`${JSON.stringify({ sent: sent.filter(Boolean).length })}\n`);
}
await channel.stop();
await store.close();
process.exit(0);
