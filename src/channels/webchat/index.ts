export { openWebchat, type Webchat, type WebchatParts } from './channel.ts';
export type { PageFiles, PageWords } from './page.ts';
