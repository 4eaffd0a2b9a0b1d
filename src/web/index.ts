export * from './desk/desk.ts';
export * from './health.ts';
export * from './metrics.ts';
export * from './server.ts';
export { fileLinks, writeFilePath } from './file-links.ts';
