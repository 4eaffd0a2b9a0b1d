export * from './dates.ts';
export * from './exhaustive.ts';
export * from './ids.ts';
export * from './limited-body.ts';
export * from './money.ts';
export * from './pause.ts';
export * from './received.ts';
export * from './result.ts';
