/** Two lists of the desk: what owners asked and nobody could answer, and what did not reach them. */
import { faqId, type Day } from '../base/index.ts';
import { draftOf, groupUnanswered } from '../faq/index.ts';
import { plainWords } from './desk-log.ts';
import { maySee } from './desk-people.ts';
import { stampOf, type DeskVoice, type Stamp } from './desk-voice.ts';
import type { StaffMember, Store, UndeliveredRow } from './ports.ts';

// ------------------------------------------------------------------------------------------- unanswered questions

export interface UnansweredView {
  /** The noted questions that say the same. */
  readonly ids: readonly string[];
  readonly words: readonly string[];
  readonly times: number;
  readonly last: Stamp;
  readonly why: string;
  /** The entry whose answer did not help. */
  readonly faq: string | null;
  /** Entries that come nearest: perhaps one of them only lacks a way of asking. */
  readonly nearest: readonly string[];
  /** A file for `content/faq`, ready but for the answer. */
  readonly file: { readonly name: string; readonly text: string };
}

/** Read at once: putting more together would keep owners waiting. What is dealt with makes room for the rest. */
const QUESTIONS_READ = 300;

export async function unansweredViews(
  store: Pick<Store, 'notedQuestions'>,
  voice: DeskVoice,
  today: Day,
): Promise<readonly UnansweredView[]> {
  const { say, library } = voice;
  const noted = await store.notedQuestions(QUESTIONS_READ);
  const askedAt = new Map(noted.map(({ id, at }) => [id, at]));
  const asked = noted.map(({ id, words, why, faq }) => ({ id, words, why, ...(faq === null ? {} : { faq }) }));
  return groupUnanswered(asked, library.faq, today).map((group): UnansweredView => {
    const { questions } = group;
    const [first] = questions;
    const unhelpful = questions.flatMap(({ faq }) => faq ?? []);
    const titleOf = (id: string) => `${library.pack.faq.get(faqId(id))?.questions[0] ?? id} (${id})`;
    return {
      ids: questions.map(({ id }) => id),
      words: [...new Set(questions.map(({ words }) => words))],
      times: questions.length,
      last: stampOf(questions.map(({ id }) => askedAt.get(id) ?? '').reduce((a, b) => (a > b ? a : b), '')),
      why: say(`desk.unanswered.why.${first?.why ?? 'unknown'}`),
      faq: unhelpful.length === 0 ? null : [...new Set(unhelpful)].map(titleOf).join('; '),
      nearest: group.nearest.map(titleOf),
      file: {
        name: `content/faq/${group.file}.md`,
        text: draftOf(group, today, say('desk.unanswered.answerHere')),
      },
    };
  });
}

// ------------------------------------------------------------------------------------------------ delivery problems

export interface ProblemView {
  readonly id: string;
  readonly status: UndeliveredRow['status'];
  readonly statusWords: string;
  /** Where it was to go, in words. */
  readonly channel: string;
  /** The cases of that person; empty: none yet. */
  readonly codes: readonly string[];
  readonly title: string;
  readonly why: string;
  readonly attempts: number;
  readonly at: Stamp;
  readonly next: Stamp | null;
  /** The beginning of the message. */
  readonly words: string;
}

const ROWS_READ = 200;
const WORDS_SHOWN = 160;

type ProblemStore = Pick<Store, 'undelivered' | 'casesOf' | 'loadCase' | 'messages'>;

/** Only what failed once, waits for the owner, or was given up: a message on its way is no problem. */
export async function problemViews(
  store: ProblemStore,
  voice: DeskVoice,
  who: StaffMember,
): Promise<readonly ProblemView[]> {
  const rows = (await store.undelivered(ROWS_READ)).filter(
    ({ status, failure }) => status !== 'pending' || failure !== null,
  );
  const views = await Promise.all(rows.map((row) => problemView(store, voice, who, row)));
  return views.filter((view) => view !== null);
}

async function problemView(
  store: ProblemStore,
  voice: DeskVoice,
  who: StaffMember,
  row: UndeliveredRow,
): Promise<ProblemView | null> {
  const { say } = voice;
  const cases = await casesBehind(store, row);
  const seen = cases.filter(({ province }) => maySee(who, province));
  // A person without a case belongs to no province: such rows are for those who see the whole country.
  if (seen.length === 0 && (cases.length > 0 || who.provinces.length > 0)) return null;
  const failure = (row.failure ?? 'other').split(/[: ]/)[0] ?? 'other';
  const [first] = seen;
  const name = first?.dossier.fields['applicantName'];
  return {
    id: row.id,
    status: row.status,
    statusWords: say(`desk.delivery.${row.status}`),
    channel: say(`desk.channel.${row.to.channel}`),
    codes: seen.map(({ code }) => code),
    title: typeof name === 'string' ? name : say('desk.noName'),
    why: say(`desk.failure.${KNOWN_FAILURES.includes(failure) ? failure : 'other'}`),
    attempts: row.attempts,
    at: stampOf(row.at),
    next: row.notBefore === null ? null : stampOf(row.notBefore),
    words: await wordsOf(store, row),
  };
}

const KNOWN_FAILURES = [
  'unreachable',
  'unreadable-reply',
  'throttled',
  'refused',
  'recipient-gone',
  'outside-window',
  'bad-credentials',
  'too-large',
];

async function casesBehind(store: ProblemStore, { conversation, caseId }: UndeliveredRow) {
  if (conversation !== null) return store.casesOf(conversation);
  const one = caseId === null ? null : await store.loadCase(caseId);
  return one === null ? [] : [one];
}

async function wordsOf(store: ProblemStore, { conversation, at }: UndeliveredRow): Promise<string> {
  if (conversation === null) return '';
  const log = await store.messages(conversation, 0);
  const line = log.find((each) => each.at === at && each.delivery !== 'sent');
  const words = line === undefined ? '' : plainWords(line.message.blocks);
  return words.length <= WORDS_SHOWN ? words : `${words.slice(0, WORDS_SHOWN)}…`;
}
