/** An edit that is saved becomes a pack, a broken one is reported and changes nothing. Waits for what happens, not for a time. */
import { mkdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadPack } from '../../src/content/files.ts';
import type { Issue, Pack } from '../../src/content/index.ts';
import { watchPack, type Watching } from '../../src/content/watch.ts';
import { smallPack, TODAY, writePack } from '../support/small-pack.ts';

type News = { readonly pack: Pack } | { readonly refused: readonly Issue[] };

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Watches a written pack; `next` gives the next thing that is told. */
async function watched() {
  const pack = writePack(smallPack());
  open.push(() => pack.remove());
  const load = (dir: string) => loadPack(dir, { today: TODAY });
  const first = await load(pack.dir);
  if (!first.ok) throw new Error('not clean');
  const news: News[] = [];
  let wake = () => {};
  const tell = (one: News) => {
    news.push(one);
    wake();
  };
  const watching: Watching = watchPack(pack.dir, first.pack.fingerprint, {
    load,
    onPack: (each) => tell({ pack: each }),
    onIssues: (refused) => tell({ refused }),
  });
  open.push(() => watching.stop());
  const next = async (): Promise<News> => {
    while (news.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return news.shift() as News;
  };
  return { ...pack, next, news, watching };
}

describe('watchPack', () => {
  it('tells a new pack after an edit, a refusal after a broken one, and the pack again after its repair', async () => {
    const { put, next } = await watched();
    put('lexicon/commands.yaml', 'menu: [menu, mục lục]\n');
    const edited = await next();
    expect('pack' in edited && edited.pack.commands).toEqual({ menu: ['menu', 'mục lục'] });

    put('lexicon/commands.yaml', 'menu: [menu\n');
    const broken = await next();
    expect('refused' in broken && broken.refused.map(({ file }) => file)).toEqual(['lexicon/commands.yaml']);

    put('lexicon/commands.yaml', 'menu: [menu, mục lục]\n');
    const repaired = await next();
    expect('pack' in repaired && repaired.pack.commands).toEqual({ menu: ['menu', 'mục lục'] });
  });

  it('sees a file that is added in a new folder, and one that is removed', async () => {
    const { dir, put, next } = await watched();
    mkdirSync(join(dir, 'texts/fr'), { recursive: true });
    put('texts/fr/hello.yaml', 'title: Bonjour {{name}}\nback: Retour\n');
    const added = await next();
    expect('pack' in added && Object.keys(added.pack.texts).sort()).toEqual(['en', 'fr', 'vi']);
    unlinkSync(join(dir, 'texts/fr/hello.yaml'));
    const removed = await next();
    expect('pack' in removed && Object.keys(removed.pack.texts).sort()).toEqual(['en', 'vi']);
  });

  it('is refused, not ended, when the folder goes away', async () => {
    const { dir, next } = await watched();
    rmSync(dir, { recursive: true });
    const gone = await next();
    expect('refused' in gone).toBe(true);
  });

  it('says nothing after it was stopped', async () => {
    const { put, watching, news } = await watched();
    put('lexicon/commands.yaml', 'menu: [menu, mục lục]\n');
    await watching.stop();
    const told = news.length;
    put('lexicon/commands.yaml', 'menu: [menu, mục lục, danh mục]\n');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(news.length).toBe(told);
  });
});
