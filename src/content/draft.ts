/** Content that has been parsed file by file and not yet been held against each other; what the checks look at. */
import type { FaqId, LegalId, ProgrammeId, ProvinceCode, QuestionId } from '../base/index.ts';
import type { SearchWords, ValueWords } from '../language/index.ts';
import type { FaqEntry } from './faq.ts';
import type { LegalInstrument } from './legal.ts';
import type { TextTree } from './pack.ts';
import type { Programme } from './programme.ts';
import type { Province } from './province.ts';
import type { Flow, PaperSlot, PolicyNode, Question } from './question.ts';
import type { Path } from './read-yaml.ts';

/** One thing with the file it came from and the line of each place in it. */
export interface Placed<T> {
  readonly file: string;
  readonly item: T;
  lineOf(path: Path): number;
}

export interface Draft {
  readonly legal: ReadonlyMap<LegalId, Placed<LegalInstrument>>;
  readonly programmes: ReadonlyMap<ProgrammeId, Placed<Programme>>;
  readonly provinces: ReadonlyMap<ProvinceCode, Placed<Province>>;
  readonly questions: ReadonlyMap<QuestionId, Placed<Question>>;
  readonly flows: ReadonlyMap<string, Placed<Flow>>;
  readonly faq: ReadonlyMap<FaqId, Placed<FaqEntry>>;
  readonly papers: Placed<readonly PaperSlot[]> | null;
  readonly policyTree: Placed<readonly PolicyNode[]> | null;
  readonly commands: Placed<Readonly<Record<string, readonly string[]>>> | null;
  readonly valueWords: Placed<ValueWords> | null;
  readonly searchWords: SearchWords;
  /** By language, then by name of the file, which is the first part of its keys. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, Placed<TextTree>>>>>;
  /** `content/tables/<name>.yaml` without a schema of its own here (places, industries), by name. */
  readonly tables: ReadonlyMap<string, Placed<unknown>>;
  /** Files that are there and could not be parsed, as `<folder>/<id>`: no check complains that they are missing. */
  readonly broken: ReadonlySet<string>;
}
