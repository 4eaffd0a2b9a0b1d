/**
 * The desk among 100,000 cases: how long the server takes for the queue and for the page of a case, over real HTTP, on SQLite
 * and on PostgreSQL. `npm run bench -- desk [cases]`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staffId } from '../../src/base/index.ts';
import { openLiveContent } from '../../src/compose/live-content.ts';
import { openLog } from '../../src/log.ts';
import { createDesk, createSignIn, LINK_PATH, openDeskBell, type StaffMember } from '../../src/service/index.ts';
import { openDb } from '../../src/storage/client.ts';
import { applyMigrations } from '../../src/storage/migrate.ts';
import { openStore } from '../../src/storage/index.ts';
import { deskPages, openMetrics, readDeskFiles, startWeb } from '../../src/web/index.ts';
import { createDatabase, startPostgres } from '../support/postgres.ts';

const NOW = '2026-11-25T03:00:00.000Z';
const PROVINCES = [
  'thanh-hoa',
  'ninh-binh',
  'hung-yen',
  'nghe-an',
  'ha-tinh',
  'phu-tho',
  'lao-cai',
  'ca-mau',
  'hue',
  'gia-lai',
];
const LETTERS = ['TH', 'NB', 'HY', 'NA', 'HT', 'PT', 'LC', 'CM', 'HU', 'GL'];
const SUPPORTS = ['may-moc', 'dao-tao-nghe', 'hoi-cho', 'nhan-hieu-thiet-ke', 'tu-van'];
const FAMILY = ['nguyen', 'tran', 'le', 'pham', 'hoang', 'vu', 'dang', 'bui', 'do', 'ho'];
const GIVEN = ['lan', 'hoa', 'hung', 'minh', 'tuan', 'thuy', 'nam', 'ha', 'binh', 'cuc', 'dung', 'yen'];
/** Of a hundred cases: how they stand. */
const statusOf = (at: number) =>
  at % 100 < 3 ? 'new' : at % 100 < 12 ? 'taken' : at % 100 < 15 ? 'waiting-for-enterprise' : 'closed';
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

const OFFICER: StaffMember = {
  id: staffId('s-1'),
  name: 'Hà',
  role: 'officer',
  provinces: ['thanh-hoa'],
  addedAt: NOW,
};
const ADMIN: StaffMember = { id: staffId('s-0'), name: 'An', role: 'admin', provinces: [], addedAt: NOW };

export interface DeskFigure {
  readonly database: 'SQLite' | 'PostgreSQL';
  readonly who: string;
  readonly what: string;
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** Lines for a table, and the figures themselves. */
export async function run(print: (line: string) => void, cases = 100_000): Promise<readonly DeskFigure[]> {
  const home = mkdtempSync(join(tmpdir(), 'khuyencong-desk-bench-'));
  const server = await startPostgres();
  try {
    const sqlite = `file:${join(home, 'desk.db')}`;
    await createDatabase(server.url('postgres'), 'desk');
    const figures: DeskFigure[] = [];
    for (const [database, url] of [
      ['SQLite', sqlite],
      ['PostgreSQL', server.url('desk')],
    ] as const) {
      await applyMigrations(url);
      await fill(url, cases);
      figures.push(...(await measure(database, url, cases)));
    }
    print(`| ${cases.toLocaleString('vi')} hồ sơ | ai | trang | trung vị (ms) | p95 (ms) |`);
    print('|---|---|---|---|---|');
    for (const { database, who, what, medianMs, p95Ms } of figures) {
      print(`| ${database} | ${who} | ${what} | ${medianMs.toFixed(1)} | ${p95Ms.toFixed(1)} |`);
    }
    return figures;
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

const CHUNK = 400;

async function fill(url: string, cases: number): Promise<void> {
  const { prisma, close } = await openDb(url);
  for (let from = 0; from < cases; from += CHUNK) {
    const ats = [...Array(Math.min(CHUNK, cases - from)).keys()].map((at) => from + at);
    await prisma.$transaction([
      prisma.conversation.createMany({ data: ats.map(conversationRow) }),
      prisma.case.createMany({ data: ats.map(caseRow) }),
      prisma.caseEntry.createMany({ data: ats.flatMap(entryRows) }),
      prisma.registration.createMany({ data: ats.map(sheetRow) }),
      prisma.message.createMany({ data: ats.flatMap(messageRows) }),
    ]);
  }
  await prisma.$executeRawUnsafe(url.startsWith('file:') ? 'ANALYZE' : 'VACUUM ANALYZE');
  await close();
}

const openedAt = (at: number) => new Date(Date.parse(NOW) - (at + 1) * 5 * 60_000).toISOString();
const codeOf = (at: number) => `${pick(LETTERS, at)}-26-${String(at).padStart(6, '0')}`;
const phoneOf = (at: number) => `9${String(10_000_000 + at * 7).slice(0, 8)}`;
const nameOf = (at: number) => `ho kinh doanh ${pick(FAMILY, at)} ${pick(GIVEN, at >> 2)}`;

const conversationRow = (at: number) => ({
  id: `webchat:b${at}`,
  channel: 'webchat',
  chat: `b${at}`,
  state: null,
  turn: 30,
  fromTurn: 29,
  consentAt: openedAt(at),
  seenOn: '2026-11-25',
  fingerprint: 'bench',
});

function caseRow(at: number) {
  const status = statusOf(at);
  const isHeld = status !== 'new';
  return {
    id: `case-${at}`,
    code: codeOf(at),
    about: 'registration',
    province: pick(PROVINCES, at),
    conversation: `webchat:b${at}`,
    status,
    officerId: isHeld ? `s-${at % 40}` : null,
    officerName: isHeld ? 'Hà' : null,
    openedAt: openedAt(at),
    changedAt: openedAt(at),
    outcome: status === 'closed' ? 'guided' : null,
    version: 2,
    entryCount: 3,
    search: ` ${nameOf(at)} ${codeOf(at).toLowerCase().replaceAll('-', ' ')} 84${phoneOf(at)} 0${phoneOf(at)} xa nga son `,
    title: nameOf(at),
    supports: `,${pick(SUPPORTS, at)},`,
    verdict: 'likely',
    ready: 8,
    readyOf: 12,
    rest: '{}',
  };
}

const entryRows = (at: number) =>
  ['opened', 'taken', 'noted'].map((what, place) => ({
    caseId: `case-${at}`,
    place,
    at: openedAt(at),
    by: place === 0 ? 'owner' : 'Hà',
    what,
    text: what === 'noted' ? 'đã gọi điện' : null,
    rest: '{}',
  }));

const sheetRow = (at: number) => ({
  id: `case-${at}`,
  conversation: `webchat:b${at}`,
  sent: true,
  applicantName: nameOf(at),
  legalForm: 'ho-kinh-doanh',
  sector: 'che-bien-nong-lam-thuy-san',
  supportWanted: pick(SUPPORTS, at),
  representative: `${pick(FAMILY, at)} ${pick(GIVEN, at)}`,
  phone: `+84${phoneOf(at)}`,
  province: pick(PROVINCES, at),
  unitType: 'xa',
  unit: 'Xã Nga Sơn',
  verdict: 'likely',
  verdictHolds: 4,
  verdictOf: 4,
  verdictOn: '2026-11-25',
  ready: 8,
  readyOf: 12,
  changedAt: openedAt(at),
});

/** A few lines a conversation; every hundredth is long. */
const messageRows = (at: number) =>
  [...Array(at % 100 === 0 ? 120 : 6).keys()].map((line) => ({
    id: `webchat:b${at}:${line}`,
    queue: `webchat:b${at}`,
    position: BigInt(line + 1),
    conversation: `webchat:b${at}`,
    channel: 'webchat',
    chat: `b${at}`,
    kind: 'say',
    speaker: line % 2 === 0 ? 'bot' : 'owner',
    payload: JSON.stringify({
      from: 'bot',
      blocks: [{ kind: 'paragraph', runs: [{ text: 'Cơ sở có bao nhiêu lao động thường xuyên?' }] }],
      choices: [],
    }),
    at: openedAt(at),
    status: line % 2 === 0 ? 'sent' : 'own',
    priority: 0,
  }));

const TIMES = 41;

async function measure(database: DeskFigure['database'], url: string, cases: number): Promise<readonly DeskFigure[]> {
  const store = await openStore({ url, instance: 'bench' });
  const log = openLog('silent');
  const opened = await openLiveContent({
    dir: 'content',
    settings: { served: null, handoverHours: 24 },
    today: () => '2026-11-25' as never,
    log,
  });
  if (!opened.ok) throw new Error('The content has errors');
  const clock = () => NOW;
  const signIn = createSignIn({ store, clock, newId: randomUUID, log });
  const desk = createDesk({
    store,
    signIn,
    staff: { command: () => Promise.reject(new Error('Nothing is changed here')) },
    content: () => opened.content.current(),
    clock,
    newId: randomUUID,
    log,
    messengers: () => [],
  });
  const stopping = new AbortController();
  const metrics = openMetrics();
  const web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    channels: [],
    pages: [
      deskPages({
        desk,
        secret: 's',
        publicUrl: null,
        log,
        page: readDeskFiles(),
        listen: openDeskBell().listen,
        stopping: stopping.signal,
      }),
    ],
    log,
    metrics,
    readiness: async () => ({ notReady: {}, warnings: [] }),
    gauges: async () => ({ outboxDepth: 0, outboxOldestSeconds: 0, handedOver: 0 }),
  });
  const base = `http://127.0.0.1:${web.port}`;
  const figures: DeskFigure[] = [];
  for (const [who, member] of [
    ['cả nước', ADMIN],
    ['một tỉnh', OFFICER],
  ] as const) {
    await store.addStaff(member);
    const answer = await fetch(`${base}${LINK_PATH}${await signIn.link(member.id)}`, { redirect: 'manual' });
    const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    for (const [what, pathOf] of pages(cases)) {
      const times: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const startedAt = performance.now();
        const page = await fetch(`${base}${pathOf(time)}`, { headers: { cookie }, redirect: 'manual' });
        await page.text();
        if (page.status !== 200) throw new Error(`${pathOf(time)}: ${page.status}`);
        if (time > 0) times.push(performance.now() - startedAt);
      }
      times.sort((a, b) => a - b);
      figures.push({
        database,
        who,
        what,
        medianMs: times[Math.floor(times.length / 2)] ?? 0,
        p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
      });
    }
  }
  stopping.abort();
  await web.close();
  await opened.content.stop();
  await store.close();
  return figures;
}

/** Ours are of Thanh Hóa, the first of ten provinces, so that both people may see them. */
const pages = (cases: number): readonly (readonly [string, (time: number) => string])[] => {
  const ours = (time: number) => (time * 2_350 + 90) % cases;
  const q = (words: string) => `/staff?tab=all&q=${encodeURIComponent(words)}`;
  return [
    ['Mới', () => '/staff'],
    ['Của tôi', () => '/staff?tab=mine'],
    ['Tất cả', () => '/staff?tab=all'],
    ['Tất cả, trang 40', () => '/staff?tab=all&page=40'],
    ['lọc tỉnh, trạng thái, nội dung', () => '/staff?tab=all&province=thanh-hoa&status=closed&support=may-moc'],
    ['tìm tên', (time) => q(`${pick(FAMILY, time)} ${pick(GIVEN, time)}`)],
    ['tìm số điện thoại', (time) => q(`0${phoneOf(ours(time))}`)],
    ['tìm mã', (time) => q(codeOf(ours(time)))],
    ['tìm không thấy', (time) => q(`khong co ai ten ${time}`)],
    ['một hồ sơ', (time) => `/staff/cases/${codeOf(ours(time))}`],
    ['một hồ sơ, trao đổi dài', (time) => `/staff/cases/${codeOf((time * 700) % cases)}`],
  ];
};
