/** What was erased is gone from the database's files too, not only from its tables. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseId, fileId } from '../../src/base/index.ts';
import type { Address, Store, StoredConversation, TurnCommit } from '../../src/service/ports.ts';
import { openStore } from '../../src/storage/index.ts';
import { temporarySqlite, type TestDatabase } from '../support/databases.ts';
import { aCase, aDossier, aSaying, aState, aTurn, NOW } from '../support/turns.ts';

const WORD = 'MOCHOA7391';
const TURNS = 25;

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await temporarySqlite();
  store = await openStore({ url: database.url, instance: 'one' });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const person = (chat: string): Address => ({ channel: 'telegram', chat });
const load = async (address: Address) => (await store.load([address]))[0] as StoredConversation;

/** How often the word stands in the database and in its log. */
function timesOnDisk(): number {
  const file = database.url.replace('file:', '');
  const bytes = [file, `${file}-wal`].map((each) => (existsSync(each) ? readFileSync(each, 'latin1') : ''));
  return bytes.join('').split(WORD).length - 1;
}

/** One more turn of a person who says `word` in every way there is: state, line, sheet, case, file, answer. */
async function says(address: Address, word: string, number: number): Promise<void> {
  const on = await load(address);
  const turn = (on.state?.turn ?? 0) + 1;
  const said = `${word} `.repeat(number * 3);
  const fields = { applicantName: word, products: said, phone: '+84912345678' };
  const draft = aDossier({ fields, machines: [{ name: `${word} ${number}` }] });
  const id = `${address.chat}-${number}`;
  const more: Partial<TurnCommit> = {
    state: aState(turn, { answers: { products: said } as never }),
    ownerLine: { text: said },
    draft,
    outgoing: [aSaying(on, turn, said)],
    ...(number % 10 === 0 && {
      files: [
        {
          ref: { id, name: `${word}.txt`, type: 'text/plain', size: 9_000 },
          conversation: on.id,
          channel: 'telegram',
          bytes: Buffer.from(word.repeat(900)),
        },
      ],
      cases: [
        { case: aCase({ id: caseId(id), code: `TH-26-${id}`, conversation: on.id, dossier: draft }), readVersion: 0 },
      ],
    }),
  };
  expect((await store.commit([aTurn(on, `e${number}`, more)])).outcomes).toEqual(['stored']);
}

it('leaves no byte of an erased person, whoever erases them', async () => {
  const [byOwner, byStaff, stays] = [person('owner'), person('staff'), person('stays')];
  for (let number = 1; number <= TURNS; number += 1) {
    await says(byOwner, WORD, number);
    await says(stays, 'KHAC', number);
    await says(byStaff, WORD, number);
  }
  expect(timesOnDisk()).toBeGreaterThan(TURNS);

  const first = await load(byOwner);
  await store.commit([aTurn(first, 'erase', { erase: true, state: aState(TURNS + 1) })]);
  const left = timesOnDisk();
  expect(left).toBeGreaterThan(0);
  const second = await load(byStaff);
  await store.erase(second.id, NOW);

  expect(timesOnDisk()).toBe(0);
  expect(await store.readFile(fileId('stays-10'))).not.toBeNull();
  expect((await load(stays)).state?.turn).toBe(TURNS);
});
