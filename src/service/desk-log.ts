/** The conversation of a case as the desk shows it: each line with who spoke, when, its files, and whether it arrived. */
import { deskFiles, type DeskFile } from './desk-files.ts';
import { stampOf, type DeskVoice, type Stamp } from './desk-voice.ts';
import type { FileRef, LogMessage, RenderedBlock, Run, Store } from './ports.ts';

export type DeskBlock =
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Run[])[] }
  | { readonly kind: 'file'; readonly file: DeskFile };

export interface DeskLine {
  readonly seq: number;
  readonly from: 'bot' | 'staff' | 'owner';
  readonly who: string;
  readonly at: Stamp;
  readonly blocks: readonly DeskBlock[];
  /** The buttons that the owner saw. */
  readonly choices: readonly string[];
  /** null: it arrived, as far as is known. */
  readonly trouble: string | null;
}

/** Of a long conversation the end is shown. */
const LINES_SHOWN = 200;

export async function deskLines(
  store: Pick<Store, 'messages' | 'fileHeads'>,
  voice: DeskVoice,
  of: { readonly conversation: Parameters<Store['messages']>[0]; readonly after: number },
): Promise<readonly DeskLine[]> {
  const log = (await store.messages(of.conversation, of.after)).slice(-LINES_SHOWN);
  const files = await deskFiles(store, log.flatMap(filesIn));
  return log.map((message) => lineOf(voice, message, files));
}

const filesIn = ({ message }: LogMessage): readonly FileRef[] =>
  message.blocks.flatMap((block) => (block.kind === 'file' ? [block.file] : []));

function lineOf(voice: DeskVoice, line: LogMessage, files: ReadonlyMap<string, DeskFile>): DeskLine {
  const { seq, from, message, at, delivery } = line;
  return {
    seq,
    from,
    who: voice.say(`desk.speaker.${from}`),
    at: stampOf(at),
    blocks:
      message.secret === true
        ? [{ kind: 'paragraph', runs: [{ text: voice.say('desk.secretLine'), quiet: true }] }]
        : message.blocks.flatMap((block) => blockOf(block, files)),
    choices: message.choices.map(({ label }) => label),
    trouble: delivery === 'sent' ? null : voice.say(`desk.delivery.${delivery}`),
  };
}

function blockOf(block: RenderedBlock, files: ReadonlyMap<string, DeskFile>): readonly DeskBlock[] {
  if (block.kind !== 'file') return [block];
  const file = files.get(block.file.id);
  return file === undefined ? [] : [{ kind: 'file', file }];
}

/** The words of a message in one line, for lists. */
export const plainWords = (blocks: readonly RenderedBlock[]): string =>
  blocks
    .flatMap((block) =>
      block.kind === 'paragraph' ? [block.runs] : block.kind === 'list' ? block.items : [[{ text: block.file.name }]],
    )
    .map((runs) => runs.map(({ text }) => text).join(''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
