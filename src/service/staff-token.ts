/**
 * What a button in a staff room carries: what to do, to which case, and one word more; at most 64 bytes (Telegram's
 * callback_data). Written and read here alone. It names no person: who may act is found out when it is pressed.
 */
import { caseId, type CaseId } from '../base/index.ts';

const verbs = ['take', 'sheet', 'back', 'close', 'outcome', 'forward', 'to', 'reopen'] as const;
export type RoomVerb = (typeof verbs)[number];

export interface RoomPress {
  readonly verb: RoomVerb;
  readonly caseId: CaseId;
  readonly word?: string;
}

export function writePress({ verb, caseId: id, word }: RoomPress): string {
  return `k.${verb}.${id}${word === undefined ? '' : `.${word}`}`;
}

/** null: not a button of ours. */
export function readPress(token: string): RoomPress | null {
  const match = /^k\.([a-z]+)\.([A-Za-z0-9_-]+)(?:\.([a-z-]+))?$/.exec(token);
  const verb = verbs.find((one) => one === match?.[1]);
  if (match === null || verb === undefined) return null;
  const id = caseId(match[2] ?? '');
  return match[3] === undefined ? { verb, caseId: id } : { verb, caseId: id, word: match[3] };
}
