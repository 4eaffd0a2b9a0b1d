export * from './faq.ts';
export * from './issue.ts';
export * from './legal.ts';
export * from './pack.ts';
export * from './programme.ts';
export * from './province.ts';
export * from './question.ts';
export * from './words.ts';
