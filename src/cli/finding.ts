/** One line of what `doctor` found out. */
import type { Values } from '../content/index.ts';

export interface Finding {
  readonly topic: string;
  readonly state: 'good' | 'mind' | 'bad';
  /** Key below `doctor.`, and its values. */
  readonly key: string;
  readonly values?: Values;
}

export const good = (topic: string, key: string, values?: Values): Finding => finding(topic, 'good', key, values);
export const mind = (topic: string, key: string, values?: Values): Finding => finding(topic, 'mind', key, values);
export const bad = (topic: string, key: string, values?: Values): Finding => finding(topic, 'bad', key, values);

const finding = (topic: string, state: Finding['state'], key: string, values?: Values): Finding => ({
  topic,
  state,
  key,
  ...(values === undefined ? {} : { values }),
});
