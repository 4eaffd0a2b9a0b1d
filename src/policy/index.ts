export * from './examples.ts';
export * from './facts.ts';
export * from './flip.ts';
export { judge, type PolicyPack } from './judge.ts';
export { isInForce } from './reasons.ts';
export * from './support.ts';
export * from './verdict.ts';
