/** What Zalo can carry: the Official Account (message/cs v3.0) and the Bot Platform, as collected 2026-11-22. */
import type { Capabilities } from '../../service/ports.ts';

const MB = 1024 * 1024;

export const capabilities: Capabilities = {
  maxText: 2000,
  maxButtons: 5,
  maxLabel: 100,
  pull: false,
  // What the product keeps; what may be sent is less, and goes as a link.
  maxFileBytes: 10 * MB,
};

/** The Bot Platform has no buttons: numbered menus only. */
export const botCapabilities: Capabilities = { ...capabilities, maxButtons: 0 };

export const IMAGE_MAX_BYTES = MB;
export const FILE_MAX_BYTES = 5 * MB;
export const IMAGE_TYPES: readonly string[] = ['image/jpeg', 'image/png'];
export const FILE_TYPES: readonly string[] = [
  'application/pdf',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
];
/** Of a button's `query`. */
export const PAYLOAD_MAX = 1000;
export const SUBTITLE_MAX = 500;

/** Media types by the ending of a name, where nobody told the type. */
export const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};

/** In small letters; empty when there is none. */
export const endingOf = (name: string): string => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
