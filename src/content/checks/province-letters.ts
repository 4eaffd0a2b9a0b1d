/** The letters of case codes tell the province: no two have the same, and `XX` is for cases whose province is unknown. */
import { findingsIn, type Finding } from '../finding.ts';
import type { Check } from './check.ts';

export const provinceLetters: Check = ({ draft }) => {
  const taken = new Map<string, string>();
  const formerIn = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { file, item, lineOf } of draft.provinces.values()) {
    const { error } = findingsIn(file);
    const other = taken.get(item.letters);
    const line = lineOf(['letters']);
    if (item.letters === 'XX') findings.push(error('letters-reserved', line, { letters: item.letters }));
    else if (other !== undefined) findings.push(error('same-letters', line, { letters: item.letters, other }));
    else taken.set(item.letters, file);
    for (const [at, former] of item.former.entries()) {
      const first = formerIn.get(former.id);
      if (first !== undefined)
        findings.push(error('former-twice', lineOf(['former', at]), { id: former.id, other: first }));
      else formerIn.set(former.id, file);
    }
  }
  return findings;
};
