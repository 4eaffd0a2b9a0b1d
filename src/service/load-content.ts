/**
 * Loads a content folder and looks at it with all that the program knows: the checks of content, the worked examples of
 * the programmes, and (thoroughly, for editors) what the search makes of each entry's own questions.
 */
import type { Day } from '../base/index.ts';
import { loadPack, wordIssues, type Loaded, type LoadOptions } from '../content/files.ts';
import { findingsIn, sortIssues, type FaqEntry, type Finding, type Issue, type Pack } from '../content/index.ts';
import { buildFaqIndex, findFaq } from '../faq/index.ts';
import { runExamples } from '../policy/index.ts';

export interface LoadContentOptions extends LoadOptions {
  /** Also asks every entry's questions of the search; takes about a second, so not at start. */
  readonly thorough?: boolean;
}

type Ready = Extract<Loaded, { ok: true }>;

/** Like `loadPack`; a worked example that fails is an error too. */
export async function loadContent(dir: string, options: LoadContentOptions = {}): Promise<Loaded> {
  const loaded = await loadPack(dir, options);
  if (!loaded.ok) return loaded;
  const { thorough = false, today } = options;
  const findings = [
    ...failingExamples(loaded),
    ...(thorough && today !== undefined ? caughtByOthers(loaded, today) : []),
  ];
  const issues = sortIssues([...loaded.issues, ...(await wordIssues(findings, options.lang ?? 'vi'))]);
  return hasErrors(issues) ? { ok: false, issues } : { ...loaded, issues };
}

const hasErrors = (issues: readonly Issue[]) => issues.some(({ severity }) => severity === 'error');

function failingExamples({ pack, lineOf }: Ready): readonly Finding[] {
  return runExamples(pack)
    .filter(({ ok }) => !ok)
    .map(({ programme, example, verdict, because }) => {
      const file = `programmes/${programme}.yaml`;
      const at = [...pack.programmes.values()].find(({ id }) => id === programme)?.examples.indexOf(example) ?? 0;
      const reasons = because.join(', ');
      return findingsIn(file).error('example-fails', lineOf(file, ['examples', at]), {
        name: example.name,
        expected: example.because === undefined ? example.verdict : `${example.verdict} (${example.because})`,
        actual: reasons === '' ? verdict : `${verdict} (${reasons})`,
      });
    });
}

/** Questions on file for which the search puts another entry before the one they stand in, on a day when that one holds. */
function caughtByOthers({ pack, lineOf }: Ready, today: Day): readonly Finding[] {
  const index = indexOf(pack);
  return [...pack.faq.values()].flatMap((entry) =>
    entry.questions.flatMap((question, at) => {
      const [province] = entry.provinces;
      const on = dayOfValidity(entry, today);
      const { decision, hits } = findFaq(index, question, { on, ...(province === undefined ? {} : { province }) });
      const first = hits[0]?.id;
      if (decision === 'unknown' || first === undefined || first === entry.id) return [];
      const file = `faq/${entry.id}.md`;
      return [findingsIn(file).warning('caught-by-other', lineOf(file, ['questions', at]), { question, other: first })];
    }),
  );
}

function dayOfValidity({ validFrom, validTo }: FaqEntry, today: Day): Day {
  if (validTo !== undefined && validTo < today) return validTo;
  return validFrom !== undefined && validFrom > today ? validFrom : today;
}

const indexOf = (pack: Pack) =>
  buildFaqIndex(pack.faq.values(), pack.searchWords, { provinces: pack.provinces.values() });
