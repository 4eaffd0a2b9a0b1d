export * from './act.ts';
export * from './answer-by.ts';
export * from './case.ts';
export * from './commands.ts';
export * from './open.ts';
