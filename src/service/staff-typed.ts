/**
 * What members of the staff type in a room without buttons and replies: a word for what to do and the code of the case, or
 * the code and what the owner is to read. The words are content (`zalo.verb.*`).
 */
import { foldWords } from '../language/index.ts';
import type { Case } from '../casework/index.ts';
import type { Voice } from './case-voice.ts';
import type { Store } from './ports.ts';
import type { RoomPress, RoomVerb } from './staff-token.ts';

export type Typed =
  | { readonly kind: 'press'; readonly press: RoomPress }
  | { readonly kind: 'reply'; readonly case: Case; readonly text: string }
  | { readonly kind: 'forward'; readonly case: Case; readonly to: string }
  /** A text of `zalo.typed.<key>`. */
  | { readonly kind: 'say'; readonly key: 'help' | 'noCase' | 'noText' };

const CODE = /(^|[^\p{L}\p{N}])([a-z]{2,4}-\d{2}-\d{4,8})(?![\p{L}\p{N}-])/iu;
const verbs = ['take', 'sheet', 'back', 'forward', 'close', 'reopen'] as const satisfies readonly RoomVerb[];

export async function readTyped(
  { store, voice }: { readonly store: Pick<Store, 'findCase'>; readonly voice: () => Voice },
  text: string,
  hasFile: boolean,
): Promise<Typed> {
  const found = CODE.exec(text);
  const code = found?.[2];
  if (found === null || code === undefined) return { kind: 'say', key: 'help' };
  const at = found.index + (found[1]?.length ?? 0);
  const before = text.slice(0, at).trim();
  const after = text
    .slice(at + code.length)
    .replace(/^[\s:,;.–-]+/, '')
    .trim();
  const one = await store.findCase(code.toUpperCase());
  if (one === null) return { kind: 'say', key: 'noCase' };
  const verb = before === '' ? 'reply' : verbNamed(voice(), before);
  if (verb === null) return { kind: 'say', key: 'help' };
  if (verb === 'reply') {
    return after === '' && !hasFile ? { kind: 'say', key: 'noText' } : { kind: 'reply', case: one, text: after };
  }
  if (verb === 'forward' && after !== '') return { kind: 'forward', case: one, to: after };
  return { kind: 'press', press: { verb, caseId: one.id } };
}

/** Forms of one verb stand in one text, with commas between. */
function verbNamed({ texts, lang }: Voice, typed: string): (typeof verbs)[number] | 'reply' | null {
  const word = foldWords(typed);
  const isNamed = (verb: string) =>
    texts
      .label({ key: `zalo.verb.${verb}` }, lang)
      .split(',')
      .some((form) => foldWords(form) === word);
  return [...verbs, 'reply' as const].find(isNamed) ?? null;
}
