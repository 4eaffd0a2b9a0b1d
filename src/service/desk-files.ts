/** What a file of an owner really is, by its first bytes: its name and its stated type are only what somebody claimed. */
import type { FileRef, FileStatus, Store } from './ports.ts';

export type SeenKind = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'application/pdf' | 'other';

export interface DeskFile {
  readonly id: string;
  readonly name: string;
  /** kB, at least 1. */
  readonly kilobytes: number;
  readonly status: FileStatus;
  readonly kind: SeenKind;
  readonly isPicture: boolean;
  /** It says that it is a picture or a PDF, and is not. */
  readonly lies: boolean;
}

const starts = (head: Uint8Array, ...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
const ascii = (head: Uint8Array, from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));

export function kindOf(head: Uint8Array): SeenKind {
  if (starts(head, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (/^GIF8[79]a$/.test(ascii(head, 0, 6))) return 'image/gif';
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'image/webp';
  return ascii(head, 0, 5) === '%PDF-' ? 'application/pdf' : 'other';
}

const PICTURE_NAME = /\.(jpe?g|png|gif|webp)$/i;

function claimedKind({ name, type }: FileRef): 'picture' | 'pdf' | 'other' {
  if (/^image\/(jpeg|png|gif|webp)$/.test(type) || PICTURE_NAME.test(name)) return 'picture';
  return type === 'application/pdf' || /\.pdf$/i.test(name) ? 'pdf' : 'other';
}

/** Files in the order given, as the desk shows them. */
export async function deskFiles(
  store: Pick<Store, 'fileHeads'>,
  refs: readonly FileRef[],
): Promise<ReadonlyMap<string, DeskFile>> {
  const heads = await store.fileHeads([...new Set(refs.map(({ id }) => id))]);
  return new Map(
    refs.map((ref) => {
      const found = heads.get(ref.id);
      const kind = kindOf(found?.head ?? new Uint8Array());
      const status = found?.status ?? 'lost';
      const isPicture = kind.startsWith('image/');
      const claimed = claimedKind(ref);
      const isTrue = claimed === 'other' || (claimed === 'picture' ? isPicture : kind === 'application/pdf');
      const kilobytes = Math.max(1, Math.round(ref.size / 1024));
      return [
        ref.id,
        { id: ref.id, name: ref.name, kilobytes, status, kind, isPicture, lies: status === 'ready' && !isTrue },
      ];
    }),
  );
}
