/** Bytes of a content file as text that may be read further: UTF-8, NFC, `\n` line ends, not too big. */
import { findingsIn, type Finding } from './finding.ts';

/** A page of law is 10 kB; whoever needs more has put two things into one file. */
export const MAX_FILE_BYTES = 256 * 1024;

export interface RawFile {
  /** Path relative to the content folder, with `/`. */
  readonly file: string;
  /** null: larger than `MAX_FILE_BYTES`, and not read. */
  readonly bytes: Uint8Array | null;
}

export interface TextFile {
  readonly file: string;
  readonly text: string;
}

const lineOfMatch = (text: string, at: number) => text.slice(0, at).split('\n').length;

/** A BOM and CRLF are accepted. Text that is not NFC looks right and is found by nobody: it is refused. */
export function readText({ file, bytes }: RawFile): TextFile | readonly Finding[] {
  const { error } = findingsIn(file);
  if (bytes === null) return [error('file-too-large', 1, { max: `${MAX_FILE_BYTES / 1024} kB` })];
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return [error('not-utf8', 1)];
  }
  const control = /[\u0000-\u0008\u000b-\u001f\u007f\u200b\u2060\ufeff\ufffe\uffff]|[\u202a-\u202e\u2066-\u2069]/.exec(
    text,
  );
  if (control !== null) return [error('control-character', lineOfMatch(text, control.index))];
  if (text !== text.normalize('NFC')) {
    const line = text.split('\n').findIndex((each) => each !== each.normalize('NFC'));
    return [error('not-nfc', line + 1)];
  }
  return { file, text };
}
