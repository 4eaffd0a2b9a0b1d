import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { play, type Story } from '../support/story.ts';

const folder = import.meta.dirname;
const update = process.env['UPDATE_TRANSCRIPTS'] === '1';

describe('golden conversations', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const story = parse(readFileSync(join(folder, file), 'utf8')) as Story;
    it(`${file}: ${story.title}`, async () => {
      const played = await play(story);
      if (update) writeFileSync(join(folder, file), stringify({ ...story, story: played }, { lineWidth: 0 }));
      else expect(played).toEqual(story.story);
    });
  }
});
