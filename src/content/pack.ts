/** The content pack: everything a citizen reads or the law fixes, checked and frozen. Built by `files.ts`, used by all. */
import type { FaqId, LegalId, ProgrammeId, ProvinceCode, QuestionId } from '../base/index.ts';
import type { PlaceTable, SearchWords, ValueWords } from '../language/index.ts';
import type { FaqEntry } from './faq.ts';
import type { LegalInstrument } from './legal.ts';
import type { Programme } from './programme.ts';
import type { Province } from './province.ts';
import type { Flow, PaperSlot, PolicyNode, Question } from './question.ts';

/** One language of `content/texts`: nested keys to texts, as i18next reads them. */
export interface TextTree {
  readonly [key: string]: string | TextTree;
}

export interface Pack {
  /** Hash over all files: stored with each turn and each case, so that what was shown on a day can be found again. */
  readonly fingerprint: string;
  readonly legal: ReadonlyMap<LegalId, LegalInstrument>;
  readonly programmes: ReadonlyMap<ProgrammeId, Programme>;
  readonly provinces: ReadonlyMap<ProvinceCode, Province>;
  readonly questions: ReadonlyMap<QuestionId, Question>;
  readonly flows: ReadonlyMap<string, Flow>;
  readonly papers: readonly PaperSlot[];
  readonly faq: ReadonlyMap<FaqId, FaqEntry>;
  readonly texts: Readonly<Record<string, TextTree>>;
  /** `content/tables/policy-tree.yaml`: what one may read about, in order. */
  readonly policyTree: readonly PolicyNode[];
  /** `content/lexicon/commands.yaml`: command name (back, edit, why …) → the ways in which people type it. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  readonly searchWords: SearchWords;
  readonly valueWords: ValueWords;
  readonly places: PlaceTable;
}
