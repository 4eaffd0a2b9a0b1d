/** A copy of the real content that a test edits, with edits of the law that turn verdicts and break no worked example. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseCodeIn, ChatClient } from './chat-client.ts';
import { noodleMaker } from './journey.ts';

export interface EditedContent {
  readonly dir: string;
  /** Rewrites a file; its text of before. */
  edit(file: string, change: (text: string) => string): string;
  put(file: string, text: string): void;
  remove(): void;
}

export function editedContent(): EditedContent {
  const dir = mkdtempSync(join(tmpdir(), 'khuyencong-edited-'));
  cpSync('content', dir, { recursive: true });
  const put = (file: string, text: string) => writeFileSync(join(dir, file), text);
  return {
    dir,
    put,
    edit(file, change) {
      const before = readFileSync(join(dir, file), 'utf8');
      const after = change(before);
      if (after === before) throw new Error(`Nothing was changed in ${file}`);
      put(file, after);
      return before;
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export const NATIONAL_FILE = 'programmes/khuyen-cong-quoc-gia.yaml';
const FUNDED = 'test: { answer: fundedBefore, meets: [no], others: doubt, absent: meets }';
const TURNED = 'test: { answer: fundedBefore, meets: [yes], others: doubt, absent: meets }';

/** Who had no support before is now for an officer to look at. */
export const turnFunded = (text: string): string => text.replaceAll(FUNDED, TURNED);

/** The same from a day on: the wording in force ends the day before, and another begins. */
export function turnFundedFrom(day: string, lastDay: string): (text: string) => string {
  return (text) => {
    const at = text.lastIndexOf(FUNDED);
    const begins = text.lastIndexOf('  - id:', at);
    const ends = text.indexOf('\n  - id:', at) + 1;
    const wording = text.slice(begins, ends);
    const old = wording.replace(/( +)(test:)/, `$1to: ${lastDay}\n$1$2`);
    const next = wording.replace(/\n +from: .*/, '').replace(/( +)(test:)/, `$1from: ${day}\n$1$2`);
    return text.slice(0, begins) + old + next.replace(FUNDED, TURNED) + text.slice(ends);
  };
}

/** So many owners with a case each, who had their result before they registered. */
export async function ownersWithCases(base: string, count: number): Promise<ChatClient[]> {
  const answers = { ...noodleMaker, menu: { turns: ['eligibility', 'registration'] } };
  const owners: ChatClient[] = [];
  for (let at = 0; at < count; at += 1) {
    const owner = await ChatClient.open(base);
    await owner.follow(answers, (messages) => caseCodeIn(messages) !== null);
    owners.push(owner);
  }
  return owners;
}
