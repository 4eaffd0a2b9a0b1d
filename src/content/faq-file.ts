/**
 * One FAQ file: YAML front matter, then the answer in light Markdown (contract, section 5). Only the file itself is
 * checked here, not what it refers to.
 */
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { asDay, faqId, isDay, provinceCode } from '../base/index.ts';
import type { FaqEntry } from './faq.ts';
import type { Issue } from './issue.ts';

export type FaqFile = { readonly entry: FaqEntry } | { readonly issues: readonly Issue[] };

const LARGEST = 100_000;
const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const day = z.string().refine(isDay).transform(asDay);
const optionalDay = day.nullish();
const list = <T extends z.ZodType>(item: T) => z.array(item).max(200).nullish();

const frontMatter = z.strictObject({
  topic: slug,
  questions: z.array(z.string().trim().min(1).max(400)).min(1).max(100),
  keywords: list(z.coerce.string()),
  sources: list(z.string()),
  provinces: list(slug),
  validFrom: optionalDay,
  validTo: optionalDay,
  checkedOn: day,
  certainty: z.enum(['official', 'reported', 'unconfirmed']),
});

/** Reads a FAQ file; `file` is its path (the id is its name), `text` its content. Never throws on what a file may hold. */
export function parseFaqFile(file: string, text: string): FaqFile {
  const name = /([^/\\]+)\.md$/.exec(file)?.[1] ?? '';
  if (!slug.safeParse(name).success) return fault(file, 1, 'file-name', file);
  if (text.length > LARGEST) return fault(file, 1, 'too-large', `> ${LARGEST}`);
  const clean = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const parts = /^---\n([\s\S]*?)\n---[ \t]*(?:\n([\s\S]*))?$/.exec(clean);
  if (!parts) return fault(file, 1, 'front-matter', '---');
  const document = parseDocument(parts[1] ?? '', { maxAliasCount: 0 } as object);
  const broken = document.errors[0];
  if (broken) return fault(file, lineOf(parts[1] ?? '', broken.pos[0]), 'yaml', broken.message.split('\n')[0] ?? '');
  const read = frontMatter.safeParse(plainOf(document));
  if (!read.success) {
    return { issues: read.error.issues.map((each) => issue(file, keyLine(clean, each.path[0]), 'schema', `${each.path.join('.')}: ${each.message}`)) };
  }
  const answer = (parts[2] ?? '').trim();
  if (answer === '') return fault(file, clean.split('\n').length, 'empty-answer', name);
  return { entry: entryOf(name, read.data, answer) };
}

function entryOf(name: string, data: z.infer<typeof frontMatter>, answer: string): FaqEntry {
  return {
    id: faqId(name),
    topic: data.topic,
    questions: data.questions.map((each) => each.normalize('NFC')),
    keywords: (data.keywords ?? []).map((each) => each.normalize('NFC')),
    sources: data.sources ?? [],
    provinces: (data.provinces ?? []).map(provinceCode),
    ...(data.validFrom && { validFrom: data.validFrom }),
    ...(data.validTo && { validTo: data.validTo }),
    checkedOn: data.checkedOn,
    certainty: data.certainty,
    answer: answer.normalize('NFC'),
  };
}

function plainOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return null; // an alias: refused by the schema
  }
}

const lineOf = (yaml: string, offset: number): number => yaml.slice(0, offset).split('\n').length + 1;

function keyLine(text: string, key: PropertyKey | undefined): number {
  const at = text.split('\n').findIndex((line) => line.startsWith(`${String(key)}:`));
  return at < 0 ? 1 : at + 1;
}

const issue = (file: string, line: number, rule: string, message: string): Issue => ({
  file,
  line,
  rule,
  severity: 'error',
  message,
  hint: '',
});

const fault = (file: string, line: number, rule: string, message: string): FaqFile => ({
  issues: [issue(file, line, rule, message)],
});
