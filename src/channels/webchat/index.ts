export { openWebchat, type Webchat, type WebchatParts } from './channel.ts';
export { readPageFiles } from './page-files.ts';
export type { PageFiles, PageWords } from './page.ts';
