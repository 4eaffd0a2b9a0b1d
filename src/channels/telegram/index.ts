export { TelegramChannel, type TelegramOptions } from './channel.ts';
