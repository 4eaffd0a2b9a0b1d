import { afterEach } from 'vitest';
import { channelContract, type ChannelBench, type Seen } from '../../contracts/channel.contract.ts';
import { botRig, type BotRig } from './bot-rig.ts';

const running: BotRig[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

const CHAT = '6ede9afa66b88fe6d6a9';

/** A file comes as a line with its address. */
const seenOf = ({ text }: { readonly text: string }): Seen => {
  const name = /^📎 (.+): https:/.exec(text)?.[1];
  return { text, wireLength: text.length, buttons: [], ...(name === undefined ? {} : { file: { name } }) };
};

channelContract(async (): Promise<ChannelBench> => {
  const one = await botRig({}, { start: false });
  running.push(one);
  const { fake, channel } = one;
  const refusal = (code: number, description: string, status = code) => ({
    status,
    body: { ok: false, description, error_code: code },
  });
  const fault = (
    name: string,
    fails: Parameters<typeof fake.fail>[1],
    failure: ChannelBench['faults'][number]['failure'],
  ) => ({
    name,
    arm: () => fake.fail('sendMessage', fails),
    failure,
  });
  return {
    name: 'zalo-bot',
    // Without buttons the last piece carries none.
    capabilities: channel.capabilities,
    send: async (payload, context = {}) => {
      const before = fake.sent.length;
      const to = { channel: 'zalo-bot', chat: CHAT } as const;
      const result = await channel.send(to, payload, { skip: 0, file: () => Promise.resolve(null), ...context });
      return { result, seen: fake.sent.slice(before).map(seenOf) };
    },
    faults: [
      fault('too many', refusal(429, 'Quota exceeded'), { kind: 'throttled' }),
      fault('token taken back', refusal(401, 'Unauthorized', 200), { kind: 'bad-credentials' }),
      fault('blocked', refusal(403, 'Forbidden'), { kind: 'recipient-gone' }),
      fault('unknown chat', refusal(400, 'chat not found', 200), { kind: 'recipient-gone' }),
      fault('refused', refusal(400, 'Bad Request', 200), { kind: 'refused' }),
      fault('late', refusal(408, 'Request timeout'), { kind: 'unreachable', ambiguous: true }),
      fault('broken server', { status: 502, body: '<html>' }, { kind: 'unreachable' }),
      fault('no answer that can be read', { status: 200, body: '<html>' }, { kind: 'unreadable-reply' }),
      fault('connection cut', { cut: 'before' }, { kind: 'unreachable', ambiguous: true }),
    ],
  };
});
