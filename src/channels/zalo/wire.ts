/**
 * What we read of Zalo's webhooks, of the Official Account and of the Bot Platform; the rest passes unseen. Ids exceed
 * 2^53 and are text; where a field was seen as a number too, both are read.
 */
import { z } from 'zod';

const text = z.union([z.string(), z.number().transform(String)]);
const party = z.object({ id: text, admin_id: text.optional() });

const payload = z.object({
  url: z.string().optional(),
  thumbnail: z.string().optional(),
  name: z.string().optional(),
  size: z.union([z.string(), z.number()]).optional(),
  type: z.string().optional(),
});

const attachment = z.object({ type: z.string().catch(''), payload: payload.catch({}) });

const message = z.object({
  msg_id: text.optional(),
  text: z.string().optional(),
  attachments: z.array(attachment).catch([]).optional(),
});

const sharedInfo = z.object({
  name: z.string().optional(),
  phone: text.optional(),
  address: z.string().optional(),
  city: z.string().optional(),
  district: z.string().optional(),
  ward: z.string().optional(),
  full_address: z
    .object({
      user_city: z.string().optional(),
      user_ward: z.string().optional(),
      user_address: z.string().optional(),
    })
    .optional(),
});

/** An event of the Official Account. */
export const oaEvent = z.object({
  event_name: z.string(),
  app_id: text.optional(),
  oa_id: text.optional(),
  timestamp: text.optional(),
  sender: party.optional().catch(undefined),
  recipient: party.optional().catch(undefined),
  follower: party.optional().catch(undefined),
  user_id: text.optional(),
  message: message.optional().catch(undefined),
  info: sharedInfo.optional().catch(undefined),
});

const botMessage = z.object({
  message_id: text,
  date: z.number().optional(),
  from: z.object({ id: text, display_name: z.string().default(''), is_bot: z.boolean().default(false) }),
  chat: z.object({ id: text, chat_type: z.string().default('PRIVATE') }),
  text: z.string().optional(),
  photo: z.string().optional().catch(undefined),
  photo_url: z.string().optional().catch(undefined),
  caption: z.string().optional(),
});

/** An update of the Bot Platform. Unsupported ones may come without a message. */
export const botUpdate = z.object({ event_name: z.string(), message: botMessage.optional().catch(undefined) });

export type OaEvent = z.infer<typeof oaEvent>;
export type SharedInfo = z.infer<typeof sharedInfo>;
export type Attachment = z.infer<typeof attachment>;
export type BotUpdate = z.infer<typeof botUpdate>;
export type BotMessage = z.infer<typeof botMessage>;

const timestamped = z.object({ timestamp: text });
const wrappedUpdate = z.object({ ok: z.literal(true), result: botUpdate });

/** The timestamp that a signature may be over, as text; undefined where there is none. */
export function timestampOf(body: unknown): string | undefined {
  const read = timestamped.safeParse(body);
  return read.success ? read.data.timestamp : undefined;
}

export function readOaEvent(body: unknown): OaEvent | null {
  const read = oaEvent.safeParse(body);
  return read.success ? read.data : null;
}

/** Wrapped (`{ok, result}`) or flat: both have been seen. */
export function readBotUpdate(body: unknown): BotUpdate | null {
  const wrapped = wrappedUpdate.safeParse(body);
  if (wrapped.success) return wrapped.data.result;
  const flat = botUpdate.safeParse(body);
  return flat.success ? flat.data : null;
}
