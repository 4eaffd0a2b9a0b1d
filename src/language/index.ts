export * from './fold.ts';
export * from './understood.ts';
export * from './places.ts';
export * from './search-words.ts';
export * from './value-words.ts';
