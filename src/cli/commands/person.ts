/** `person export|erase`: what is kept of a person, out or gone. Named by a case's code, a conversation or `channel:chat`. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileId, type ConversationId } from '../../base/index.ts';
import { eraseBeside, openLiveContent } from '../../compose/index.ts';
import { ConfigError, parseConfig, type Config } from '../../config.ts';
import { keptSecret } from '../../kept-secret.ts';
import { openLog } from '../../log.ts';
import { findPerson, personCopy, type CopiedFile, type PersonCopy, type Store } from '../../service/index.ts';
import { DONE, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';
import { withStore } from '../database.ts';
import { issueLine } from '../issue-line.ts';

export const person: Command = {
  name: 'person',
  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === 'export') return copy(rest, io);
    if (verb === 'erase') return erase(rest, io);
    throw new WrongUsage('');
  },
};

async function personNamed(store: Store, id: string, io: CommandIo): Promise<PersonCopy> {
  const conversation = await findPerson(store, id);
  const found = conversation === null ? null : await personCopy(store, conversation, io.now);
  if (found === null || found.state === null) throw new Refused(io.text('records.person.nobody', { id }));
  return found;
}

// ------------------------------------------------------------------------------------------------------------ export

/** One JSON document on stdout; with `--out` a folder with the document and the papers. */
async function copy(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, { out: { type: 'string' } }, [1, 1]);
  const [id = ''] = positionals;
  const out = values.out === undefined ? null : emptyFolder(io.path(values.out), io);
  return withStore(io, async (store) => {
    const found = await personNamed(store, id, io);
    if (out === null) {
      io.data(found);
      return DONE;
    }
    const files = await writeFiles(store, out, found.files);
    write(join(out, 'person.json'), `${JSON.stringify({ ...found, files }, null, 2)}\n`, io);
    const told = { out, cases: found.cases.length, messages: found.messages.length, files: files.length };
    if (io.json) io.data(told);
    else io.out(io.text('records.person.exported', told));
    return DONE;
  });
}

/** Nothing of another person lies there already. */
function emptyFolder(dir: string, io: CommandIo): string {
  try {
    mkdirSync(join(dir, 'files'), { recursive: true, mode: 0o700 });
    const there = readdirSync(dir).filter((name) => name !== 'files');
    if (there.length === 0 && readdirSync(join(dir, 'files')).length === 0) return dir;
  } catch (error) {
    throw unwritable(dir, error, io);
  }
  throw new Refused(io.text('records.person.notEmpty', { dir }));
}

async function writeFiles(
  store: Pick<Store, 'readFile'>,
  dir: string,
  files: readonly CopiedFile[],
): Promise<readonly (CopiedFile & { readonly path: string | null })[]> {
  const written: (CopiedFile & { readonly path: string | null })[] = [];
  for (const [at, file] of files.entries()) {
    const bytes = (await store.readFile(fileId(file.id)))?.bytes ?? null;
    const path = bytes === null ? null : `files/${String(at + 1).padStart(2, '0')}-${harmless(file.name)}`;
    if (bytes !== null && path !== null) writeFileSync(join(dir, path), bytes, { mode: 0o600 });
    written.push({ ...file, path });
  }
  return written;
}

/** A name that no system reads as anything else; the real one stands in the document. */
const harmless = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(-80) || 'file';

function write(file: string, text: string, io: CommandIo): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw unwritable(file, error, io);
  }
}

function unwritable(file: string, error: unknown, io: CommandIo): Refused {
  const why = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new Refused(io.text('records.export.unwritable', { file, why }));
}

// ------------------------------------------------------------------------------------------------------------- erase

async function erase(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, { yes: { type: 'boolean' } }, [1, 1]);
  const [id = ''] = positionals;
  return withStore(io, async (store) => {
    const found = await personNamed(store, id, io);
    const { cases, files, messages } = found;
    const counts = { cases: cases.length, files: files.length, messages: messages.length };
    if (values.yes !== true) throw new Refused(io.text('records.person.confirm', { ...counts, codes: codesOf(found) }));
    await eraseOne(store, found.conversation, io);
    const told = { erased: found.conversation, ...counts, codes: cases.map(({ code }) => code) };
    if (io.json) io.data(told);
    else io.out(io.text('records.person.erased', { ...counts, codes: codesOf(found) }));
    return DONE;
  });
}

const codesOf = ({ cases }: PersonCopy): string => cases.map(({ code }) => String(code)).join(', ') || '–';

async function eraseOne(store: Store, conversation: ConversationId, io: CommandIo): Promise<void> {
  const config = configOf(io);
  const log = openLog('silent');
  const settings = { served: config.provinces, handoverHours: config.handoverHours };
  const opened = await openLiveContent({ dir: io.contentDir, settings, today: () => io.today, log });
  if (!opened.ok) {
    const errors = opened.issues.filter(({ severity }) => severity === 'error');
    throw new Refused(errors.map((issue) => issueLine(issue, io.text)).join('\n'));
  }
  const { content } = opened;
  try {
    const parts = { config, store, content: () => content.current(), clock: io.clock, newId: io.newId, log };
    const outcome = await eraseBeside(parts, conversation);
    if (outcome !== 'stored') throw new Refused(io.text('records.person.nobody', { id: conversation }));
  } finally {
    await content.stop();
  }
}

/** The staff's rooms are of the service's configuration: their cards change with the case. */
function configOf(io: CommandIo): Config {
  try {
    return parseConfig(io.env, () => {
      const kept = keptSecret('data');
      if (kept.ok) return kept.value;
      throw new ConfigError('APP_SECRET', kept.error);
    });
  } catch (error) {
    if (error instanceof ConfigError) throw new Refused(error.message);
    throw error;
  }
}
