/**
 * A process to be killed: the receiver and the deliverer on the database of argv, fed by lines on stdin
 * (`{"chat","id"}`), telling on stdout what it has acknowledged and what it has sent.
 */
import { createInterface } from 'node:readline';
import { openStore } from '../../src/storage/index.ts';
import { anEngine, anEvent, saying } from './engine.ts';

const [, , url = '', instance = '', startedAfterMs = '0'] = process.argv;
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const store = await openStore({ url, instance });
const engine = await anEngine({
  store,
  play: (event) => ({ effects: [saying(event.id)] }),
  channel: {
    async send(to, payload) {
      const [block] = payload.message.blocks;
      tell({ sent: block?.kind === 'paragraph' ? block.runs[0]?.text : '', chat: to.chat });
      await new Promise((resolve) => setTimeout(resolve, 1));
      return { sent: true, platformIds: ['1'] };
    },
  },
});
engine.clock.advance(Number(startedAfterMs));
await engine.deliverer.poll();
for await (const line of createInterface({ input: process.stdin })) {
  const { chat, id } = JSON.parse(line) as { chat: string; id: string };
  engine.receiver.receive([{ address: { channel: 'telegram', chat }, event: anEvent(id) }]).then(
    () => tell({ acknowledged: id, chat }),
    (error: unknown) => tell({ failed: String(error) }),
  );
}
await engine.receiver.idle();
while ((await store.outboxDepth()).pending > 0) await new Promise((resolve) => setTimeout(resolve, 10));
await store.close();
tell({ done: true });
process.exit(0);
