/**
 * A word of the staff outside the seven days, as a template message (ZBS): by the person's id, else by their phone. The
 * template is the centre's own, approved by Zalo; its text goes into the parameter `noi_dung`, or into its first one.
 */
import type { RenderedMessage } from '../../service/ports.ts';
import type { OaApi } from './api.ts';
import { partsOf, shortened, splitParts } from './plain.ts';
import { authed, type SendingParts } from './sending.ts';

export interface TemplateParts extends Pick<SendingParts, 'tokens' | 'refused'> {
  readonly api: OaApi;
  readonly templateId: string;
  /** E.164; null: not known. */
  readonly phoneOf: (chat: string) => Promise<string | null>;
}

export interface TemplateSent {
  readonly platformId: string;
  /** The whole word fitted in; else the rest waits for the person. */
  readonly whole: boolean;
}

interface Parameter {
  readonly name: string;
  readonly maxLength: number;
}

const CONTENT_PARAMETER: Parameter = { name: 'noi_dung', maxLength: 400 };
const TRACKING_MAX = 48;

/** null: it did not go out that way. */
export async function sendTemplate(
  parts: TemplateParts,
  chat: string,
  message: RenderedMessage,
): Promise<TemplateSent | null> {
  const words = splitParts(partsOf(message.blocks), Number.MAX_SAFE_INTEGER).join(' ').replace(/\s+/g, ' ').trim();
  if (words === '') return null;
  const { name, maxLength } = await parameterOf(parts);
  const data = { [name]: shortened(words, maxLength) };
  const whole = [...words].length <= maxLength && message.blocks.every(({ kind }) => kind !== 'file');
  const template = { templateId: parts.templateId, data };
  const byId = await authed(parts, (token) => parts.api.sendTemplateByUid(token, chat, template));
  if ('ok' in byId && byId.ok) return { platformId: String(byId.data['message_id'] ?? ''), whole };
  // What may have arrived is not said a second time by another way.
  if ('failure' in byId || byId.refusal.ambiguous || byId.refusal.kind === 'rate') return null;
  const phone = (await parts.phoneOf(chat))?.replace(/^\+/, '');
  if (phone === undefined || !/^84\d{8,10}$/.test(phone)) return null;
  const trackingId = `kc-${chat}-${hashOf(data[name] ?? '')}`.slice(-TRACKING_MAX);
  const byPhone = await authed(parts, (token) =>
    parts.api.sendTemplateByPhone(token, phone, { ...template, trackingId }),
  );
  return 'ok' in byPhone && byPhone.ok ? { platformId: String(byPhone.data['msg_id'] ?? ''), whole } : null;
}

/** Told by the template itself; where that cannot be asked, as the operator's guide says. */
async function parameterOf(parts: TemplateParts): Promise<Parameter> {
  const info = await authed(parts, (token) => parts.api.templateInfo(token, parts.templateId));
  const list: unknown = 'ok' in info && info.ok ? info.data['listParams'] : undefined;
  const known = (Array.isArray(list) ? (list as readonly unknown[]) : []).flatMap((one): Parameter[] => {
    const param: Readonly<Record<string, unknown>> = typeof one === 'object' && one !== null ? { ...one } : {};
    const maxLength = Number(param['maxLength']) || CONTENT_PARAMETER.maxLength;
    return typeof param['name'] === 'string' ? [{ name: param['name'], maxLength }] : [];
  });
  return known.find(({ name }) => name === CONTENT_PARAMETER.name) ?? known[0] ?? CONTENT_PARAMETER;
}

/** The same text gets the same mark, so that a repetition shows. */
function hashOf(text: string): string {
  let hash = 5381;
  for (const letter of text) hash = (Math.imul(hash, 33) ^ (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36);
}
