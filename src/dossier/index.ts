export * from './dossier.ts';
