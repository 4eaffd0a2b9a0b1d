/** Two lists of the desk: what owners asked and nobody could answer, and what did not reach them. */
import { foldWords } from '../language/index.ts';
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
  /** A file for `content/faq`, ready but for the answer. */
  readonly file: { readonly name: string; readonly text: string };
}

const QUESTIONS_READ = 500;

export async function unansweredViews(
  store: Pick<Store, 'notedQuestions'>,
  voice: DeskVoice,
  today: string,
): Promise<readonly UnansweredView[]> {
  const noted = await store.notedQuestions(QUESTIONS_READ);
  const groups = new Map<string, (typeof noted)[number][]>();
  for (const each of noted) {
    const key = `${each.faq ?? ''}|${foldWords(each.words)}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()]
    .map((group): UnansweredView => {
      const [first] = group;
      const words = [...new Set(group.map((each) => each.words))];
      const last = group.reduce((latest, { at }) => (at > latest ? at : latest), first?.at ?? '');
      return {
        ids: group.map(({ id }) => id),
        words,
        times: group.length,
        last: stampOf(last),
        why: voice.say(`desk.unanswered.why.${first?.why ?? 'unknown'}`),
        faq: first?.faq ?? null,
        file: faqFile(voice, words, today),
      };
    })
    .sort((a, b) => b.times - a.times || (a.last.iso < b.last.iso ? 1 : -1));
}

/** Words as a quoted YAML value: what an owner typed is never read as YAML. */
const quoted = (text: string): string => JSON.stringify(text.replace(/\s+/g, ' ').trim());

function faqFile({ say }: DeskVoice, words: readonly string[], today: string): UnansweredView['file'] {
  const slug = foldWords(words[0] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .split('-')
    .slice(0, 7)
    .join('-');
  const text = [
    '---',
    'topic: chung',
    'questions:',
    ...words.slice(0, 8).map((each) => `  - ${quoted(each)}`),
    'keywords: []',
    'sources: []',
    'provinces: []',
    `checkedOn: ${today}`,
    'certainty: unconfirmed',
    '---',
    say('desk.unanswered.answerHere'),
    '',
  ].join('\n');
  return { name: `content/faq/${slug === '' ? 'cau-hoi-moi' : slug}.md`, text };
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
