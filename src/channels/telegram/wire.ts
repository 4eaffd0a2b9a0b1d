/** What we read of an update (https://core.telegram.org/bots/api#update, checked 2026-11-25); the rest passes unseen. */
import { z } from 'zod';

/** Ids of Telegram need up to 52 bits: numbers hold them, and they leave here as text. */
const id = z.number().int();

const user = z.object({
  id,
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
});

const chat = z.object({
  id,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: z.string().optional(),
  is_forum: z.boolean().optional(),
});

const sentFile = z.object({
  file_id: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  file_size: z.number().optional(),
});

const replied = z.object({ message_id: id, forum_topic_created: z.unknown().optional() });

const message = z.object({
  message_id: id,
  date: z.number(),
  chat,
  from: user.optional(),
  sender_chat: chat.optional(),
  author_signature: z.string().optional(),
  reply_to_message: replied.optional(),
  edit_date: z.number().optional(),
  media_group_id: z.string().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.array(sentFile).optional(),
  document: sentFile.optional(),
  animation: sentFile.optional(),
  audio: sentFile.optional(),
  video: sentFile.optional(),
  voice: sentFile.optional(),
  video_note: sentFile.optional(),
  contact: z
    .object({
      phone_number: z.string(),
      user_id: id.optional(),
      first_name: z.string(),
      last_name: z.string().optional(),
    })
    .optional(),
  sticker: z.unknown().optional(),
  location: z.unknown().optional(),
  venue: z.unknown().optional(),
  poll: z.unknown().optional(),
  dice: z.unknown().optional(),
  migrate_to_chat_id: id.optional(),
});

/** A message too old for the bot to see comes with its chat and number only. */
const pressedMessage = z.object({ message_id: id, chat });

export const updateSchema = z.object({
  update_id: id,
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .object({ id: z.string(), from: user, message: pressedMessage.optional(), data: z.string().optional() })
    .optional(),
  my_chat_member: z
    .object({ chat, from: user, date: z.number(), new_chat_member: z.object({ status: z.string() }) })
    .optional(),
});

export type WireUpdate = z.infer<typeof updateSchema>;
export type WireMessage = z.infer<typeof message>;
export type WireUser = z.infer<typeof user>;
export type WireChat = z.infer<typeof chat>;
export type WireFile = z.infer<typeof sentFile>;

/** Kinds of updates that are asked for. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** An update that could not be read, of which only the number counts: it is confirmed, so that it does not come again. */
export const numberSchema = z.object({ update_id: id });

export function readUpdate(raw: unknown): WireUpdate | null {
  const parsed = updateSchema.safeParse(raw);
  return parsed.success ? parsed.data : null;
}
