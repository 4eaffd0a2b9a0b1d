/** The real rules of `content/`, read by the real parser, for tests of judgement alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LegalId, ProgrammeId, ProvinceCode } from '../../src/base/index.ts';
import type { LegalInstrument, Programme, Province } from '../../src/content/index.ts';
import { parseFiles } from '../../src/content/parse.ts';
import type { PolicyPack } from '../../src/policy/index.ts';

const contentDir = join(import.meta.dirname, '../../content');

/** Reads the folders that judging needs; throws with every mistake in them. `extra` adds files, or puts them in place of others. */
export function readPolicyPack(extra: Readonly<Record<string, string>> = {}): PolicyPack {
  const files = new Map<string, Buffer>();
  for (const folder of ['legal', 'programmes', 'provinces']) {
    for (const name of readdirSync(join(contentDir, folder)).filter((each) => each.endsWith('.yaml'))) {
      files.set(`${folder}/${name}`, readFileSync(join(contentDir, folder, name)));
    }
  }
  for (const [file, text] of Object.entries(extra)) files.set(file, Buffer.from(text));
  const { draft, findings } = parseFiles([...files].map(([file, bytes]) => ({ file, bytes })));
  const errors = findings.filter(({ severity, file }) => severity === 'error' && files.has(file));
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  const items = <K extends string, T>(placed: ReadonlyMap<K, { readonly item: T }>) =>
    new Map([...placed].map(([id, { item }]) => [id, item] as const));
  return {
    legal: items<LegalId, LegalInstrument>(draft.legal),
    programmes: items<ProgrammeId, Programme>(draft.programmes),
    provinces: items<ProvinceCode, Province>(draft.provinces),
  };
}
