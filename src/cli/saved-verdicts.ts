/** What the cases in the database would be judged by two packs: for `content diff`. Codes only, nothing of the person. */
import { existsSync } from 'node:fs';
import type { Case } from '../casework/index.ts';
import type { Pack } from '../content/index.ts';
import { isFactKey, judge, parseFacts } from '../policy/index.ts';
import type { Store } from '../service/index.ts';
import { sqliteFile } from '../storage/index.ts';
import { Refused, type CommandIo } from './command.ts';
import { databaseUrl, withStore } from './database.ts';

export interface SavedVerdicts {
  readonly judged: number;
  readonly changed: readonly { readonly code: string; readonly before: string; readonly after: string }[];
}

const PAGE = 200;

/** null: there is no database here, or none that can be read; nothing is created. */
export async function savedVerdicts(before: Pack, after: Pack, io: CommandIo): Promise<SavedVerdicts | null> {
  const url = databaseUrl(io);
  if (url.startsWith('file:') && !existsSync(sqliteFile(url))) return null;
  try {
    const cases = await withStore(io, registrationsIn);
    const verdicts = cases.map((one) => ({
      code: one.code,
      before: verdictOf(one, before, io),
      after: verdictOf(one, after, io),
    }));
    return { judged: verdicts.length, changed: verdicts.filter((each) => each.before !== each.after) };
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

async function registrationsIn(store: Store): Promise<readonly Case[]> {
  const found: Case[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const lines = await store.listCases({ order: 'waiting', limit: PAGE, offset });
    for (const { id, about, withdrawn } of lines) {
      const one = about === 'registration' && !withdrawn ? await store.loadCase(id) : null;
      if (one !== null) found.push(one);
    }
    if (lines.length < PAGE) return found;
  }
}

/** The verdicts that are not `unlikely`, programme by programme: a flip of any of them shows. */
function verdictOf({ dossier }: Case, pack: Pack, io: CommandIo): string {
  const { province, formerProvince, unitType } = dossier.place ?? {};
  const known = { ...dossier.fields, province, formerProvince, unitType };
  const said = Object.entries(known).filter(([key, value]) => isFactKey(key) && value !== undefined && value !== null);
  const facts = parseFacts(Object.fromEntries(said), pack);
  if (!facts.ok) return 'wrong-facts';
  const { national, programmes } = judge(facts.value, pack, io.today);
  const local = programmes.filter(({ verdict }) => verdict !== 'unlikely').map(({ id, verdict }) => `${id} ${verdict}`);
  return [national.verdict, ...local].join(', ');
}
