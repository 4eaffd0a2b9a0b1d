/** What editors' tools read is what the program reads. After a change of a schema: `npm run cli -- content schemas`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonSchemas, schemaMapping } from '../../src/content/json-schemas.ts';

const root = join(import.meta.dirname, '../..');
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

describe('the JSON schemas of content files', () => {
  it('are those of the program', () => {
    const schemas = jsonSchemas();
    expect(readdirSync(join(root, 'content/schemas')).sort()).toEqual([...schemas.keys()].sort());
    for (const [name, schema] of schemas) {
      expect(readJson(`content/schemas/${name}`), name).toEqual(JSON.parse(JSON.stringify(schema)));
    }
  });

  it('are known to VS Code, each for its files', () => {
    const settings = readJson('.vscode/settings.json') as { 'yaml.schemas': unknown };
    expect(settings['yaml.schemas']).toEqual(schemaMapping());
  });

  it('say which keys a file may have', () => {
    const faq = jsonSchemas().get('faq.json') as {
      properties: object;
      required: string[];
      additionalProperties: boolean;
    };
    expect(Object.keys(faq.properties).sort()).toEqual(
      'certainty checkedOn keywords provinces questions sources topic validFrom validTo'.split(' '),
    );
    expect(faq.required.sort()).toEqual(['certainty', 'checkedOn', 'questions', 'topic']);
    expect(faq.additionalProperties).toBe(false);
  });
});
