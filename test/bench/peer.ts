/**
 * What ours is measured against: a plain grammY bot with the runner, that asks five questions and keeps its session in
 * SQLite (WAL, synchronous FULL) through Prisma. No outbox, no duplicate check. Written as its libraries' guides do it.
 */
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { run, sequentialize } from '@grammyjs/runner';
import { Bot, session, type Context, type SessionFlavor, type StorageAdapter } from 'grammy';
import { PrismaClient } from '../../src/storage/generated/sqlite/client.ts';

interface Form {
  answers: { question: string; said: string; at: string }[];
}
type FormContext = Context & SessionFlavor<Form>;

const QUESTIONS = [
  'Cơ sở mình có trực tiếp làm ra sản phẩm không (không chỉ mua đi bán lại)?',
  'Cơ sở làm ra sản phẩm thuộc nhóm nào?',
  'Cơ sở đăng ký dưới hình thức nào?',
  'Xưởng của mình ở xã, phường nào?',
  'Cơ sở có bao nhiêu người làm?',
];

/** The database has been made before: what that needs of memory is not the bot's. */
export async function runPeer(file: string, apiRoot: string): Promise<void> {
  const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: file }) });
  await prisma.$queryRawUnsafe('PRAGMA journal_mode = WAL');
  await prisma.$queryRawUnsafe('PRAGMA synchronous = FULL');
  const storage: StorageAdapter<Form> = {
    async read(key) {
      const row = await prisma.setting.findUnique({ where: { key } });
      return row === null ? undefined : (JSON.parse(row.value) as Form);
    },
    async write(key, form) {
      const value = JSON.stringify(form);
      await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    },
    async delete(key) {
      await prisma.setting.deleteMany({ where: { key } });
    },
  };
  const bot = new Bot<FormContext>('1:peer', { client: { apiRoot } });
  bot.use(sequentialize((ctx) => String(ctx.chat?.id)));
  bot.use(session({ initial: (): Form => ({ answers: [] }), storage }));
  bot.command('start', async (ctx) => {
    ctx.session.answers = [];
    await ctx.reply(QUESTIONS[0] ?? '', { reply_markup: keyboard });
  });
  bot.on('message:text', async (ctx) => {
    const { answers } = ctx.session;
    const question = QUESTIONS[answers.length] ?? '';
    answers.push({ question, said: ctx.message.text, at: new Date().toISOString() });
    const next = QUESTIONS[answers.length];
    await ctx.reply(next ?? answers.map((answer) => `${answer.question} ${answer.said}`).join('\n'), {
      reply_markup: keyboard,
    });
  });
  await bot.init();
  const runner = run(bot, { runner: { silent: true } });
  process.on('SIGTERM', () => void runner.stop().then(() => process.exit(0)));
}

const keyboard = {
  inline_keyboard: [['Có', 'Không'], ['Không rõ'], ['Quay lại']].map((row) =>
    row.map((text) => ({ text, callback_data: text })),
  ),
};
