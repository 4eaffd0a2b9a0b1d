export * from './faq-index.ts';
export * from './find.ts';
export * from './wish.ts';
export * from './evaluate.ts';
export * from './worklist.ts';
