export { startJobs, type JobParts } from './schedule.ts';
export { startLoop, type Loop } from './loop.ts';
export { retry } from './retry.ts';
