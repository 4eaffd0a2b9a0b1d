export * from './facts.ts';
export * from './verdict.ts';
