export { openApi } from './api.ts';
export { openBotApi } from './bot-api.ts';
export { ZaloBotChannel, type ZaloBotOptions } from './bot-channel.ts';
export { ZaloChannel, type SaidLately, type ZaloOptions } from './channel.ts';
export { openHttp } from './client.ts';
export type { Outcome } from './failures.ts';
export { consentUrl, exchangeCode, makePkce, type Pkce } from './oauth.ts';
export { openSeal } from './seal.ts';
export { TOKENS_DEAD, TOKENS_OK } from './token.ts';
