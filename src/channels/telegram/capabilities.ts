/** What Telegram can carry (https://core.telegram.org/bots/api, checked 2026-11-25). */
import type { Capabilities } from '../../service/ports.ts';

export const capabilities: Capabilities = {
  // 4,096 after entities are parsed; we count before, so that the limit holds for either reading.
  maxText: 4096,
  maxButtons: 100,
  maxLabel: 64,
  pull: false,
  // A bot may fetch 20 MB and send 50 MB; the product keeps at most 10 MB a file.
  maxFileBytes: 10 * 1024 * 1024,
};

/** Longest label that stands on a button of its own on a narrow phone; longer ones move into the text, as a list. */
export const BUTTON_LABEL_MAX = 28;
/** More buttons than this become a list with buttons of numbers. */
export const BUTTONS_MAX = 8;
/** Text below a file. */
export const CAPTION_MAX = 1024;
/** Text of the notice that answers a press. */
export const TOAST_MAX = 200;
/** Name of a forum topic. */
export const TOPIC_NAME_MAX = 128;
/** Messages a minute into one group (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). */
export const GROUP_MESSAGES_A_MINUTE = 20;
/** Of those, kept free for notices: files may not use them up. */
export const GROUP_KEPT_FOR_NOTICES = 6;
