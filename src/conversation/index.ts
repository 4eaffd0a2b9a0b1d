export * from './choice-token.ts';
export { shortCite } from './cites.ts';
export * from './effects.ts';
export * from './events.ts';
export * from './library.ts';
export * from './message.ts';
export * from './state.ts';
export * from './turn.ts';
