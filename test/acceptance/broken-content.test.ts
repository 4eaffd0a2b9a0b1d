/** A pack that lacks a text that the program needs: no start, and no such edit while it runs. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatClient } from '../support/chat-client.ts';
import { launch, ROOT, start, until } from './rig.ts';

let pack: string;
beforeAll(() => {
  pack = join(mkdtempSync(join(tmpdir(), 'khuyencong-pack-')), 'content');
  cpSync(join(ROOT, 'content'), pack, { recursive: true });
});
afterAll(() => rmSync(join(pack, '..'), { recursive: true, force: true }));

/** Takes a line out of a file of words, and gives the way back. */
function without(file: string, line: RegExp): () => void {
  const path = join(pack, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toMatch(line);
  writeFileSync(path, before.replace(line, ''));
  return () => writeFileSync(path, before);
}

it.each([
  ['texts/vi/menu.yaml', /^ask: .*\n/m, 'menu.ask'],
  ['texts/vi/status.yaml', /^taken: .*\n/m, 'status.taken'],
])('%s without one of its texts stops the start with the name of the text', async (file, line, key) => {
  const mend = without(file, line);
  const { exit, out, err, home } = launch({ environment: { CONTENT_DIR: pack } });
  expect(await exit).toBe(1);
  expect(`${out()}${err()}`).toContain(key);
  mend();
  rmSync(home, { recursive: true, force: true });
});

it('taken out of the files while it runs changes nothing, and is told at /readyz', async () => {
  const service = await start({ environment: { CONTENT_DIR: pack } });
  const client = await ChatClient.open(service.base);
  const mend = without('texts/vi/menu.yaml', /^ask: .*\n/m);
  const warned = async () => {
    const { warnings } = (await (await fetch(`${service.base}/readyz`)).json()) as { warnings: unknown[] };
    return JSON.stringify(warnings).includes('menu.ask');
  };
  await until('a warning', warned);
  await client.say('menu');
  expect(client.last.text).toContain('Anh/chị muốn làm gì?');
  mend();
  await until('no warning', async () => !(await warned()));
  await service.stop();
});
