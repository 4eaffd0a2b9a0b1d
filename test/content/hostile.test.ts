/** Files made to do harm are refused by name; none of them may throw, hang, or fill the list of issues. */
import { describe, expect, it } from 'vitest';
import { loadPack } from '../../src/content/files.ts';
import { smallPack, writePack } from '../support/small-pack.ts';

const SIZE = 200_000;
const many = (piece: string) => piece.repeat(SIZE / piece.length);
const yaml = (text: string) => ['tables/hostile.yaml', text] as const;
const answer = (text: string) => ['faq/hostile.md', `---\ntopic: a\n---\n${text}`] as const;

const hostile: Readonly<Record<string, readonly [file: string, text: string, rule: string]>> = {
  'aliases by the thousand': [...yaml(`a: &a [1]\nb: [${many('*a,')}]`), 'alias'],
  'aliases of aliases': [...yaml('a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]'), 'alias'],
  'a merge key': [...yaml('a: &a { x: 1 }\nb: { <<: *a }'), 'alias'],
  'braces without end': [...yaml(many('{')), 'too-deep'],
  'dashes without end': [...yaml(many('- ')), 'too-deep'],
  'question marks without end': [...yaml(`a: ${many('? ')}`), 'yaml-syntax'],
  'quotes without end': [...yaml(`a: ${many(`"'`)}`), 'yaml-syntax'],
  'a prototype in a key': [...yaml('a: { constructor: { prototype: 1 } }'), 'forbidden-key'],
  'a prototype by another spelling': [...yaml('"__pro\\x74o__": 1'), 'forbidden-key'],
  'a function': [...yaml('a: !!js/function "function () {}"'), 'custom-tag'],
  'a binary': [...yaml('a: !!binary R0lGODlhDAAMAIQA'), 'custom-tag'],
  'tags by the thousand': [...answer(many('<a')), 'html'],
  'links by the thousand': [...answer(many('[x](y) ')), 'link-scheme'],
  'a script in capitals': [...answer('<SCRIPT SRC=//x>'), 'html'],
  'a javascript link': [...answer('[x](JavaScript:alert)'), 'html'],
  'a link with blanks': [...answer('[x](https://a b)'), 'link-scheme'],
  'a data link': [...answer('[x](data:text/html,x)'), 'html'],
  'an entity': [...answer('a &lt;script&gt; b'), 'html'],
  'a hidden name in an address': [...answer('[x](https://moit.gov.vn@evil.example)'), 'link-scheme'],
  'a null byte': [...answer('a\u0000b'), 'control-character'],
};

describe('a hostile file', () => {
  it.each(Object.entries(hostile))('is refused by name: %s', async (_, [file, text, rule]) => {
    const pack = writePack({ ...smallPack(), [file]: text });
    const loaded = await loadPack(pack.dir);
    pack.remove();
    expect(loaded.ok).toBe(false);
    expect(loaded.issues.length).toBeLessThanOrEqual(25);
    expect(loaded.issues.filter((issue) => issue.file === file).map((issue) => issue.rule)).toContain(rule);
  });

  it('does not reach the prototype of anything', async () => {
    const pack = writePack({ ...smallPack(), 'tables/x.yaml': '__proto__: { polluted: yes }\n' });
    await loadPack(pack.dir);
    pack.remove();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
