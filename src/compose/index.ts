export { joinBot, type Bot, type BotParts } from './bot.ts';
export { eraseBeside, type ErasingParts } from './erasing.ts';
export { openLiveContent, type ContentInUse, type LiveContent } from './live-content.ts';
export { startService, type Service, type World } from './service.ts';
export { StartRefused } from './start-refused.ts';
