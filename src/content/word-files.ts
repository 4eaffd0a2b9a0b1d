/** Schemas of the bot's own words: `content/texts/<lang>/<name>.yaml` and `content/lexicon/commands.yaml`. */
import { z } from 'zod';
import type { TextTree } from './pack.ts';
import { text } from './schema-parts.ts';

/** A key has no dot: dots part the keys of a path. The name of the file is the first part of it (`menu.title`). */
const key = z.string().regex(/^[A-Za-z0-9_-]+$/, { error: 'not-a-text-key' });

const tree: z.ZodType<TextTree> = z.lazy(() => z.record(key, z.union([z.string(), tree])));

export const textFile = tree;

/** Command name → the ways in which people type it. */
export const commandsFile = z.record(key, z.array(text).min(1));
