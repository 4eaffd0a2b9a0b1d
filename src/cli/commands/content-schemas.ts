/** `content schemas`: writes the JSON schemas of content files anew, after a schema in `src/content` has changed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../../content/json-schemas.ts';
import { DONE, readArgs, type CommandIo } from '../command.ts';

export function contentSchemas(args: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArgs(args, { out: { type: 'string' } }, [0, 0]);
  const dir = values.out === undefined ? join(io.contentDir, 'schemas') : io.path(values.out);
  mkdirSync(dir, { recursive: true });
  const schemas = jsonSchemas();
  for (const [name, schema] of schemas) writeFileSync(join(dir, name), `${JSON.stringify(schema, null, 2)}\n`);
  const count = schemas.size;
  if (io.json) io.data({ dir, count });
  else io.out(io.text('cli.content.schemasWritten', { count, dir }));
  return Promise.resolve(DONE);
}
