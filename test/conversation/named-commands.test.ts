/** What answers and texts tell an owner to type is a command that the bot knows. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandIn, withoutOpening } from '../../src/conversation/commands.ts';
import { openLibrary } from '../../src/conversation/index.ts';
import { contentDir, realPack } from '../support/story.ts';

/** «gõ **kiểm tra**», «nhắn **nối kênh**», «gõ «dữ liệu»» */
const TOLD = /(?:gõ|nhắn) (?:\*\*([^*]+)\*\*|«([^»]+)»)/giu;
/** Meant as an example of something else: the number of a choice. */
const examples = ['số', '1'];

it('every command that is named works', async () => {
  const { pack } = await realPack();
  const library = openLibrary(pack, { served: null, handoverHours: 24 });
  const folders = ['faq', 'questions', 'texts/vi'];
  const files = folders.flatMap((folder) => readdirSync(join(contentDir, folder)).map((name) => join(folder, name)));
  const ofStaff = /texts\/vi\/(staff|desk|cli|zalo|law|records)\.yaml$/;
  const told = files
    .filter((file) => !ofStaff.test(file))
    .flatMap((file) =>
      [...readFileSync(join(contentDir, file), 'utf8').matchAll(TOLD)].map((found) => ({
        file,
        words: (found[1] ?? found[2] ?? '').replace(/ ?\{\{\w+\}\}/g, ''),
      })),
    );
  expect(told.length).toBeGreaterThan(100);
  const unknown = told.filter(({ words }) => !examples.includes(words) && commandIn(library, words) === null);
  expect(unknown).toEqual([]);
});

it.each([
  ['dừng', 'stop'],
  ['dung', 'stop'],
  ['Dừng nhé', 'stop'],
  ['đúng', null],
  ['Đúng!', null],
  ['dạ đúng', null],
  ['hủy', 'stop'],
  ['huỷ', 'stop'],
  ['bò', null],
  ['bỏ', 'skip'],
])('«%s» with its marks is the command %s', async (text, name) => {
  const { pack } = await realPack();
  const library = openLibrary(pack, { served: null, handoverHours: 24 });
  expect(commandIn(library, text)?.name ?? null).toBe(name);
});

it.each([
  ['tên tôi là Nguyễn Thị Lan', 'Nguyễn Thị Lan'],
  ['ten toi la Lan', 'Lan'],
  ['Tôi là Là Thị Là', 'Là Thị Là'],
  ['Lan', 'Lan'],
  ['Tôi', 'Tôi'],
])('a name comes without what it was said with: «%s»', async (text, name) => {
  const { pack } = await realPack();
  const library = openLibrary(pack, { served: null, handoverHours: 24 });
  expect(withoutOpening(library, text)).toBe(name);
});
