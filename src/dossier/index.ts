export * from './answers.ts';
export * from './dossier.ts';
export * from './project.ts';
export * from './steps.ts';
export * from './summary.ts';
export * from './sums.ts';
