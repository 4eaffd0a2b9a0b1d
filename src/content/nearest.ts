/** The known name nearest to a mistyped one, for «Có phải ý anh/chị là …». */
import { fold } from '../language/index.ts';

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each counts one. */
function distance(one: string, two: string): number {
  let before: number[] = [];
  let last = Array.from({ length: two.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= two.length; column += 1) {
      const same = one[row - 1] === two[column - 1] ? 0 : 1;
      let best = Math.min((current[column - 1] ?? 0) + 1, (last[column] ?? 0) + 1, (last[column - 1] ?? 0) + same);
      if (row > 1 && column > 1 && one[row - 1] === two[column - 2] && one[row - 2] === two[column - 1]) {
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    before = last;
    last = current;
  }
  return last[two.length] ?? 0;
}

const plain = (text: string) => fold(text).replace(/[-_ .]/g, '');

/** At most a third of the letters (and never more than four) may differ; '' when nothing is that near. */
export function nearest(typed: string, known: Iterable<string>): string {
  const from = plain(typed.slice(0, 80));
  let best = '';
  let least = Math.min(4, Math.max(1, Math.floor(from.length / 3))) + 1;
  for (const each of known) {
    const to = plain(each);
    if (Math.abs(to.length - from.length) >= least) continue;
    const apart = distance(from, to);
    if (apart < least) [best, least] = [each, apart];
  }
  return best;
}
