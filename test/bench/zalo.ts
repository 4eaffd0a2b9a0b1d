/**
 * `npm run bench -- zalo [seconds [turns|webhook]]`: turns on the Official Account beside those on Telegram, in turn on the same machine, and
 * the webhook under 200 events a second, with a crowd that writes in one second.
 */
import { cpus } from 'node:os';
import { runOnce, type BotRun as Run } from './one-run.ts';
import { openZaloBench } from './zalo-run.ts';

const CHATS = 50;
const PAIRS = 3;
const WARM_UP_MS = 3_000;
/** As on Telegram: six turns, then another person comes. */
const SAID = ['menu', '1', '1', '1', '1', 'xã Nga Sơn, Thanh Hóa'];
const EVENTS_A_SECOND = 200;

/** `only` leaves the other part out. */
export async function run(print: (line: string) => void, seconds: number, only?: 'turns' | 'webhook'): Promise<void> {
  if (only !== 'webhook') await compareTurns(print, seconds);
  if (only !== 'turns') await measureWebhook(print, seconds);
}

async function compareTurns(print: (line: string) => void, seconds: number): Promise<void> {
  const runs: { readonly telegram: Run; readonly zalo: Run }[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const first = pair % 2 === 0 ? await turnsOnZalo(seconds) : null;
    const telegram = await runOnce('ours', CHATS, seconds);
    runs.push({ telegram, zalo: first ?? (await turnsOnZalo(seconds)) });
  }
  const rows: readonly (readonly [string, (run: Run) => number])[] = [
    ['lượt/giây', (one) => one.turnsPerSecond],
    ['p50 (ms)', (one) => one.p50Ms],
    ['p99 (ms)', (one) => one.p99Ms],
    ['bộ xử lý cho một lượt (ms)', (one) => one.cpuMs],
    ['bộ nhớ (MB)', (one) => one.memoryMb],
  ];
  print(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; ` +
      `${PAIRS} cặp, mỗi lần đo ${seconds} giây sau 3 giây làm nóng. Trong ngoặc: nhỏ nhất – lớn nhất.`,
  );
  print('');
  print(`| ${CHATS} người | Zalo OA | Telegram | Zalo / Telegram |`);
  print('|---|---|---|---|');
  for (const [name, value] of rows) {
    const zalo = runs.map((pair) => value(pair.zalo));
    const telegram = runs.map((pair) => value(pair.telegram));
    const ratio = runs.map((pair) => value(pair.zalo) / value(pair.telegram));
    print(`| ${name} | ${spread(zalo)} | ${spread(telegram)} | ${spread(ratio)} |`);
  }
  print('');
}

async function measureWebhook(print: (line: string) => void, seconds: number): Promise<void> {
  const { acks, answers, crowd, cpuMs } = await webhookUnderLoad(seconds);
  print(`| webhook, ${EVENTS_A_SECOND} sự kiện/giây trong ${seconds} giây | p50 | p99 | lâu nhất | cần |`);
  print('|---|---|---|---|---|');
  print(`| trả 200 (ms) | ${quantiles(acks)} | ≤ 2.000 |`);
  print(`| trả 200, không kể hai giây đầu (ms) | ${quantiles(acks.slice(2 * EVENTS_A_SECOND))} | ≤ 2.000 |`);
  print(`| tới khi tin trả lời đi (ms) | ${quantiles(answers)} | ≤ 5.000 |`);
  print(`| 200 người nhắn cùng một lúc, tới khi tin trả lời đi (ms) | ${quantiles(crowd)} | ≤ 20.000 |`);
  print('');
  print(
    `Bộ xử lý cho một sự kiện, từ webhook tới tin trả lời: ${figure(cpuMs)} ms; ${EVENTS_A_SECOND} sự kiện/giây dùng ` +
      `${figure((cpuMs * EVENTS_A_SECOND) / 10)}% một nhân.`,
  );
}

async function turnsOnZalo(seconds: number): Promise<Run> {
  const bench = await openZaloBench();
  try {
    const until = { warm: performance.now() + WARM_UP_MS, end: performance.now() + WARM_UP_MS + seconds * 1000 };
    const times: number[] = [];
    let before = 0;
    setTimeout(() => (before = bench.processorMs()), WARM_UP_MS);
    await Promise.all(Array.from({ length: CHATS }, (_, index) => talk(bench, 1_000 + index, until, times)));
    const cpuMs = (bench.processorMs() - before) / times.length;
    times.sort((a, b) => a - b);
    return {
      turnsPerSecond: times.length / seconds,
      p50Ms: at(times, 0.5),
      p99Ms: at(times, 0.99),
      cpuMs,
      memoryMb: bench.memoryMb(),
    };
  } finally {
    await bench.stop();
  }
}

type Bench = Awaited<ReturnType<typeof openZaloBench>>;

/** A chat that writes as soon as it is answered, as one new person after another; the first leaves early, out of step. */
async function talk(
  bench: Bench,
  start: number,
  until: { readonly warm: number; readonly end: number },
  times: number[],
): Promise<void> {
  let said = SAID.slice(0, 1 + (start % SAID.length));
  for (let chat = start; ; chat += CHATS, said = SAID) {
    for (const text of said) {
      const asked = performance.now();
      if (asked > until.end) return;
      const person = String(chat);
      const answered = bench.answered(person);
      await bench.say(person, text);
      await answered;
      const now = performance.now();
      if (asked >= until.warm && now <= until.end) times.push(now - asked);
    }
  }
}

/** Events come by the clock, whether those before are done or not. */
async function webhookUnderLoad(seconds: number) {
  const bench = await openZaloBench();
  try {
    await Promise.all([bench.answered('1'), bench.say('1', 'menu')]);
    const [acks, answers, crowd]: [number[], number[], number[]] = [[], [], []];
    const one = async (person: string, at: number, acknowledged: number[], answered: number[]): Promise<void> => {
      const begun = performance.now();
      const heard = bench.answered(person);
      acknowledged[at] = await bench.say(person, 'menu');
      await heard;
      answered[at] = performance.now() - begun;
    };
    const under: Promise<void>[] = [];
    const before = bench.processorMs();
    const begun = performance.now();
    for (let event = 0; event < EVENTS_A_SECOND * seconds; event += 1) {
      const due = begun + (event * 1000) / EVENTS_A_SECOND;
      const left = due - performance.now();
      if (left > 1) await new Promise((resolve) => setTimeout(resolve, left));
      under.push(one(String(100_000 + event), event, acks, answers));
    }
    await Promise.all(under);
    const cpuMs = (bench.processorMs() - before) / under.length;
    await Promise.all(Array.from({ length: 200 }, (_, index) => one(String(900_000 + index), index, [], crowd)));
    return { acks, answers, crowd, cpuMs };
  } finally {
    await bench.stop();
  }
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return [at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1)].map(figure).join(' | ');
}

const spread = (values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return `${figure(at(sorted, 0.5))} (${figure(at(sorted, 0))} – ${figure(at(sorted, 1))})`;
};

/** Vietnamese figures: 1.234 and 1,25. */
const figure = (value: number): string =>
  value.toLocaleString('vi-VN', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
