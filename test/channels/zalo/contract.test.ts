import { afterEach } from 'vitest';
import type { ZaloMessage } from '../../support/fake-zalo.ts';
import { channelContract, type ChannelBench, type Seen } from '../../contracts/channel.contract.ts';
import { rig, type Rig } from './rig.ts';

const running: Rig[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

const seenOf = ({ text, buttons, file }: ZaloMessage): Seen => ({
  text,
  wireLength: text.length,
  buttons: buttons.map(({ title, payload }) => ({ label: title, token: payload.replace('#kc:', '') })),
  ...(file === undefined ? {} : { file }),
});

channelContract(async (): Promise<ChannelBench> => {
  const one = await rig();
  running.push(one);
  const { fake, channel } = one;
  const lan = fake.person();
  const refused =
    (...codes: readonly number[]) =>
    () =>
      fake.fail('/message/cs', ...codes.map((error) => ({ error })));
  const fault = (error: number, kind: NonNullable<ChannelBench['faults'][number]['failure']['kind']>, times = 1) => ({
    name: `error ${error}`,
    arm: refused(...Array.from({ length: times }, () => error)),
    failure: { kind },
  });
  return {
    name: 'zalo',
    capabilities: channel.capabilities,
    send: async (payload, context = {}) => {
      const before = lan.messages.length;
      const to = { channel: 'zalo', chat: lan.id } as const;
      const result = await channel.send(to, payload, { skip: 0, file: () => Promise.resolve(null), ...context });
      return { result, seen: lan.messages.slice(before).map(seenOf) };
    },
    faults: [
      { name: 'too many (-32)', arm: refused(-32), failure: { kind: 'throttled', scope: 'channel' } },
      {
        name: 'too many (429)',
        arm: () => fake.fail('/message/cs', { status: 429, retryAfter: 7 }),
        failure: { kind: 'throttled', retryAfterMs: 7000 },
      },
      fault(-211, 'throttled'),
      fault(-218, 'throttled'),
      fault(-234, 'throttled'),
      fault(-230, 'outside-window'),
      fault(-232, 'outside-window'),
      fault(-213, 'recipient-gone'),
      fault(-217, 'recipient-gone'),
      fault(-227, 'recipient-gone'),
      fault(-244, 'recipient-gone'),
      fault(-201, 'refused'),
      fault(-210, 'refused'),
      fault(-233, 'refused'),
      fault(-240, 'refused'),
      fault(-248, 'refused'),
      // Of an unknown code nobody knows whether trying again would help.
      fault(-987, 'refused'),
      // Tried once more at once, not oftener.
      fault(-200, 'refused', 2),
      fault(-204, 'bad-credentials'),
      fault(-224, 'bad-credentials'),
      fault(-321, 'bad-credentials'),
      { name: 'broken server', arm: () => fake.fail('/message/cs', { status: 502 }), failure: { kind: 'unreachable' } },
      {
        name: 'no answer that can be read',
        arm: () => fake.fail('/message/cs', { answer: '<html>' }),
        failure: { kind: 'unreadable-reply', ambiguous: true },
      },
      {
        name: 'an answer without a number',
        arm: () => fake.fail('/message/cs', { answer: { message: 'Success' } }),
        failure: { kind: 'unreadable-reply', ambiguous: true },
      },
      {
        name: 'connection cut',
        arm: () => fake.fail('/message/cs', { cut: 'before' }),
        failure: { kind: 'unreachable', ambiguous: true },
      },
    ],
  };
});
