import { afterEach } from 'vitest';
import { buttonsOf } from '../../support/fake-telegram-people.ts';
import type { FakeMessage } from '../../support/fake-telegram.ts';
import { channelContract, type ChannelBench, type Seen } from '../../contracts/channel.contract.ts';
import { rig, type Rig } from './rig.ts';

const running: Rig[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

const seenOf = (message: FakeMessage): Seen => {
  const file = message.document?.['file_name'];
  return {
    text: message.text ?? '',
    wireLength: message.html?.length ?? 0,
    buttons: buttonsOf(message).map((button) => ({ label: button.text, token: button.callback_data ?? '' })),
    ...(file === undefined ? {} : { file: { name: String(file) } }),
  };
};

channelContract(async (): Promise<ChannelBench> => {
  const one = await rig();
  running.push(one);
  const { fake, channel } = one;
  const lan = fake.user();
  const arm = (status: number, description: string, parameters?: Record<string, unknown>) => () =>
    fake.fail('sendMessage', { status, description, ...(parameters === undefined ? {} : { parameters }) });
  return {
    name: 'telegram',
    capabilities: channel.capabilities,
    send: async (payload, context = {}) => {
      const before = lan.seen().length;
      const to = { channel: 'telegram', chat: String(lan.id) } as const;
      const result = await channel.send(to, payload, { skip: 0, file: () => Promise.resolve(null), ...context });
      return { result, seen: lan.seen().slice(before).map(seenOf) };
    },
    faults: [
      {
        name: 'too many',
        arm: arm(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
        failure: { kind: 'throttled', retryAfterMs: 7000 },
      },
      { name: 'blocked', arm: arm(403, 'Forbidden: bot was blocked by the user'), failure: { kind: 'recipient-gone' } },
      { name: 'unknown chat', arm: arm(400, 'Bad Request: chat not found'), failure: { kind: 'recipient-gone' } },
      { name: 'token taken back', arm: arm(401, 'Unauthorized'), failure: { kind: 'bad-credentials' } },
      { name: 'refused', arm: arm(400, 'Bad Request: BUTTON_DATA_INVALID'), failure: { kind: 'refused' } },
      { name: 'too large', arm: arm(413, 'Request Entity Too Large'), failure: { kind: 'too-large' } },
      { name: 'broken server', arm: arm(502, 'Bad Gateway'), failure: { kind: 'unreachable' } },
      {
        name: 'no answer that can be read',
        arm: () => fake.fail('sendMessage', { garbage: '<html>' }),
        failure: { kind: 'unreadable-reply', ambiguous: true },
      },
      {
        name: 'connection cut',
        arm: () => fake.fail('sendMessage', { cut: 'before' }),
        failure: { kind: 'unreachable' },
      },
    ],
  };
});
