/** What was last checked long ago is to be looked at again; a check in the future is a slip of the pen. */
import { daysBetween, type Day } from '../../base/index.ts';
import { findingsIn, type Finding } from '../finding.ts';
import type { Path } from '../read-yaml.ts';
import type { Check } from './check.ts';

export const STALE_AFTER_DAYS = 180;

export const freshness: Check = ({ draft, today }) => {
  if (today === undefined) return [];
  const look = (file: string, checkedOn: Day, line: number): readonly Finding[] => {
    const age = daysBetween(checkedOn, today);
    const { error, warning } = findingsIn(file);
    if (age < 0) return [error('checked-in-future', line, { day: checkedOn })];
    return age > STALE_AFTER_DAYS ? [warning('stale-check', line, { day: checkedOn, age: String(age) })] : [];
  };
  const own = [...draft.legal.values(), ...draft.faq.values(), ...draft.programmes.values()];
  const key: Path = ['checkedOn'];
  return [
    ...own.flatMap(({ file, item, lineOf }) => look(file, item.checkedOn, lineOf(key))),
    ...[...draft.provinces.values()].flatMap(({ file, item, lineOf }) =>
      look(file, item.centre.checkedOn, lineOf(['centre', 'checkedOn'])),
    ),
  ];
};
