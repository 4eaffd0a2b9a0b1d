export * from './choice-token.ts';
export * from './effects.ts';
export * from './events.ts';
export * from './message.ts';
export * from './state.ts';
