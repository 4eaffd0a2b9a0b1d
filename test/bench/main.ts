/**
 * `npm run bench [-- --pairs 3 --seconds 8 --write]`: ours against a plain grammY bot, pairs in turn, medians and their
 * spread; then start and FAQ. With `--write` the table goes into docs/benchmarks.md. Quiet machines only.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BotName, BotRun } from './one-run.ts';

const BEGIN = '<!-- tốc độ: do npm run bench -- --write viết -->';
const END = '<!-- hết tốc độ -->';

interface Pair {
  readonly ours: BotRun;
  readonly peer: BotRun;
}

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '8' },
      write: { type: 'boolean', default: false },
    },
  });
  const pairs = Number(values.pairs);
  const seconds = Number(values.seconds);
  const many = await runPairs(50, pairs, seconds);
  const one = await runPairs(1, pairs, seconds);
  const { measureStart } = await import('./start-up.ts');
  const starts = [await measureStart(), await measureStart(), await measureStart()];
  const { measureFaq } = await import('./faq-decision.ts');
  const faq = await measureFaq();
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; ` +
      `${pairs} cặp, mỗi lần đo ${seconds} giây sau 3 giây làm nóng. Trong ngoặc: nhỏ nhất – lớn nhất.`,
    '',
    '| phép đo | bot này | bot grammY đơn giản | tỉ lệ | cần |',
    '|---|---|---|---|---|',
    row('50 người, lượt/giây', many, (run) => run.turnsPerSecond, '≥ 1,5'),
    row('50 người, p99 (ms)', many, (run) => run.p99Ms, '≤ 1'),
    row('50 người, p50 (ms)', many, (run) => run.p50Ms, '–'),
    row('50 người, CPU một lượt (ms)', many, (run) => run.cpuMs, '–'),
    row('50 người, bộ nhớ (MB)', many, (run) => run.memoryMb, '< 1,3'),
    row('1 người, lượt/giây', one, (run) => run.turnsPerSecond, '≥ 0,7'),
    row('1 người, p99 (ms)', one, (run) => run.p99Ms, '–'),
    row('1 người, CPU một lượt (ms)', one, (run) => run.cpuMs, '–'),
    row('1 người, bộ nhớ (MB)', one, (run) => run.memoryMb, '–'),
    `| sẵn sàng, cơ sở dữ liệu mới (ms) | ${figure(median(starts.map(([fresh]) => fresh)))} | – | – | < 3.000 |`,
    `| sẵn sàng, cơ sở dữ liệu cũ (ms) | ${figure(median(starts.map(([, again]) => again)))} | – | – | < 3.000 |`,
    `| chọn câu trả lời trong 500 mục, p50 / p99 (ms) | ${figure(faq.p50Ms)} / ${figure(faq.p99Ms)} | – | – | < 2 |`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (values.write) write(lines.join('\n'));
}

async function runPairs(chats: number, pairs: number, seconds: number): Promise<Pair[]> {
  const { runOnce } = await import('./one-run.ts');
  const done: Pair[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    // Who goes first changes, so that a machine that warms up or slows down favours neither.
    const order: readonly BotName[] = pair % 2 === 0 ? ['peer', 'ours'] : ['ours', 'peer'];
    const runs: Partial<Record<BotName, BotRun>> = {};
    for (const bot of order) {
      runs[bot] = await runOnce(bot, chats, seconds);
      process.stderr.write(`${chats} chats, ${bot}: ${JSON.stringify(runs[bot])}\n`);
    }
    done.push(runs as Pair);
  }
  return done;
}

function row(name: string, pairs: readonly Pair[], value: (run: BotRun) => number, wanted: string): string {
  const ours = spread(pairs.map((pair) => value(pair.ours)));
  const peer = spread(pairs.map((pair) => value(pair.peer)));
  const ratio = spread(pairs.map((pair) => value(pair.ours) / value(pair.peer)));
  return `| ${name} | ${ours} | ${peer} | ${ratio} | ${wanted} |`;
}

const spread = (values: readonly number[]): string =>
  `${figure(median(values))} (${figure(Math.min(...values))} – ${figure(Math.max(...values))})`;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Vietnamese figures: 1.234 and 1,25. */
const figure = (value: number): string =>
  value.toLocaleString('vi-VN', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

function write(table: string): void {
  const file = join(import.meta.dirname, '../../docs/benchmarks.md');
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('docs/benchmarks.md has lost its marks');
  writeFileSync(file, `${before}${BEGIN}\n\n${table}\n\n${END}${after}`);
}

// Last, since it uses all of the above.
if (process.argv[2] === 'peer') {
  const { runPeer } = await import('./peer.ts');
  await runPeer(process.argv[3] ?? '', process.argv[4] ?? '');
} else if (process.argv[2] === 'retrieval') {
  const { run } = await import('./retrieval.ts');
  await run(console.log, () => performance.now());
} else if (process.argv[2] === 'fit') {
  const { fit } = await import('./fit-confidence.ts');
  await fit(console.log);
} else if (process.argv[2] === 'desk') {
  const { run } = await import('./desk.ts');
  await run(console.log, Number(process.argv[3] ?? '100000'));
} else if (process.argv[2] === 'zalo') {
  const { run } = await import('./zalo.ts');
  await run(console.log, Number(process.argv[3] ?? '6'), process.argv[4] as 'turns' | 'webhook' | undefined);
} else {
  await measure();
}
