/** Loading a folder: what is accepted, what a pack holds, what `--faq DIR` asks for. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { faqId, legalId, provinceCode, questionId } from '../../src/base/index.ts';
import { loadFaqDir, loadPack, loadTexts, ownContentDir } from '../../src/content/files.ts';
import { smallPack, TODAY, writePack, type PackFiles } from '../support/small-pack.ts';

const written: { remove(): void }[] = [];
const write = (files: PackFiles) => {
  const pack = writePack(files);
  written.push(pack);
  return pack;
};
afterEach(() => written.splice(0).forEach((pack) => pack.remove()));

async function load(files: PackFiles) {
  const loaded = await loadPack(write(files).dir, { today: TODAY });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
  return loaded.pack;
}

describe('loadPack', () => {
  it('gives every kind of thing by its id, which is the name of its file', async () => {
    const pack = await load(smallPack());
    expect(pack.legal.get(legalId('nd-45-2012'))?.articles['1.2.a']).toHaveLength(2);
    expect(pack.provinces.get(provinceCode('thanh-hoa'))?.hours[0]).toEqual({
      days: [1, 2, 3, 4, 5],
      from: 450,
      to: 690,
    });
    expect(pack.questions.get(questionId('craftVillage'))?.optional).toBe(true);
    expect(pack.faq.get(faqId('dia-ban-phuong'))).toMatchObject({ topic: 'dia-ban', certainty: 'official' });
    expect(pack.faq.get(faqId('dia-ban-phuong'))).not.toHaveProperty('validTo');
    expect(pack.flows.get('eligibility')?.steps[1]?.when).toEqual({ question: 'producesIndustrially', is: ['yes'] });
    expect(pack.texts['en']).toEqual({ hello: expect.objectContaining({ back: 'Back' }) as unknown });
    expect(pack.places.units.length).toBeGreaterThanOrEqual(0);
  });

  it('keeps an article number as it is written', async () => {
    const files = smallPack();
    files['legal/nd-45-2012.yaml'] = String(files['legal/nd-45-2012.yaml']).replace(
      "'5':",
      "1.20: Khoản hai mươi.\n  '5':",
    );
    expect(Object.keys((await load(files)).legal.get(legalId('nd-45-2012'))?.articles ?? {})).toContain('1.20');
  });

  it('accepts a BOM and line ends of Windows', async () => {
    const files = smallPack();
    const windows = Object.fromEntries(
      Object.entries(files).map(([file, text]) => [file, `\ufeff${String(text).replace(/\n/g, '\r\n')}`]),
    );
    const plain = await load(files);
    const same = await load(windows);
    expect([...same.faq.values()]).toEqual([...plain.faq.values()]);
    expect([...same.legal.values()]).toEqual([...plain.legal.values()]);
  });

  it('cannot be changed by those who use it', async () => {
    const pack = await load(smallPack());
    const entry = pack.faq.get(faqId('dia-ban-phuong'));
    expect(() => Object.assign(entry ?? {}, { answer: 'x' })).toThrow(TypeError);
    expect(() => Object.assign(pack, { fingerprint: 'x' })).toThrow(TypeError);
  });

  it('has a fingerprint that every change of any file changes', async () => {
    const files = smallPack();
    const before = await load(files);
    expect((await load(files)).fingerprint).toBe(before.fingerprint);
    files['lexicon/commands.yaml'] = 'menu: [menu]\n';
    expect((await load(files)).fingerprint).not.toBe(before.fingerprint);
  });

  it('leaves files of people and tools alone', async () => {
    const { dir } = write({
      ...smallPack(),
      'README.md': 'x',
      'faq/.x.md.swp': 'x',
      'faq/a.md~': 'x',
      'schemas/faq.json': '{}',
    });
    expect((await loadPack(dir, { today: TODAY })).issues).toEqual([]);
  });

  it('does not follow links out of the folder', async () => {
    const { dir } = write(smallPack());
    mkdirSync(join(dir, 'elsewhere'));
    writeFileSync(join(dir, 'elsewhere/x'), 'x');
    symlinkSync(join(dir, 'elsewhere/x'), join(dir, 'faq/linked.md'));
    const { issues } = await loadPack(dir);
    expect(issues.filter(({ file }) => file.includes('linked'))).toEqual([]);
  });

  it('refuses a folder that is not there or empty', async () => {
    expect((await loadPack(join(write({}).dir, 'nowhere'))).issues.map(({ rule }) => rule)).toEqual(['empty-folder']);
  });

  it('words its issues in the language asked for', async () => {
    const { dir } = write({ ...smallPack(), 'faq/a.txt': '' });
    const [vi] = (await loadPack(dir)).issues;
    const [en] = (await loadPack(dir, { lang: 'en' })).issues;
    expect(vi?.message).not.toBe(en?.message);
  });

  it('shows a broken file alone, not everything that refers to it', async () => {
    const files = smallPack();
    files['legal/nd-45-2012.yaml'] = 'number: [';
    const { issues } = await loadPack(write(files).dir, { today: TODAY });
    expect(new Set(issues.map(({ file }) => file))).toEqual(new Set(['legal/nd-45-2012.yaml']));
  });
});

describe('loadFaqDir', () => {
  it('asks for the schema of the entries only, not for what they refer to', async () => {
    const files = smallPack();
    const entry = String(files['faq/dia-ban-phuong.md']).replace('nd-45-2012#1.2.a', 'nd-999-2030#7');
    const loaded = await loadFaqDir(write({ 'x.md': entry }).dir);
    expect(loaded.ok && [...loaded.faq.keys()]).toEqual(['x']);
  });

  it('takes a bare number for a keyword', async () => {
    const entry = String(smallPack()['faq/nd134-la-gi.md']).replace('sources:', 'keywords: [134, nghị định]\nsources:');
    const loaded = await loadFaqDir(write({ 'x.md': entry }).dir);
    expect(loaded.ok && loaded.faq.get(faqId('x'))?.keywords).toEqual(['134', 'nghị định']);
  });

  it('names what is wrong by the name of the file in that folder', async () => {
    const loaded = await loadFaqDir(write({ 'x.md': 'no front matter' }).dir);
    expect(loaded.ok).toBe(false);
    expect(loaded.issues.map(({ file, rule }) => [file, rule])).toEqual([['x.md', 'front-matter-missing']]);
  });
});

describe('loadTexts', () => {
  it('reads the words of the program itself, wherever it is started', async () => {
    const texts = await loadTexts(ownContentDir());
    expect(Object.keys(texts).sort()).toEqual(['en', 'vi']);
    expect(texts['vi']).toHaveProperty('check');
  });
});
