/** `outbox list|retry|drop`: what has not been delivered, and why. Names rows and chats, never words. */
import type { UndeliveredRow } from '../../service/index.ts';
import { DONE, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';
import { withStore } from '../database.ts';

const LISTED_AT_MOST = 1_000;

export const outbox: Command = {
  name: 'outbox',
  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === 'list') return list(rest, io);
    if (verb === 'retry' || verb === 'drop') return change(verb, rest, io);
    throw new WrongUsage('');
  },
};

async function list(args: readonly string[], io: CommandIo): Promise<number> {
  readArgs(args, {}, [0, 0]);
  const rows = await withStore(io, (store) => store.undelivered(LISTED_AT_MOST));
  if (io.json) {
    io.data(rows.map(({ to, ...row }) => ({ ...row, channel: to.channel, chat: to.chat })));
    return DONE;
  }
  if (rows.length === 0) io.out(io.text('records.outboxEmpty'));
  for (const row of rows) io.out(lineOf(row, io));
  return DONE;
}

const lineOf = ({ id, status, to, failure, attempts, at }: UndeliveredRow, io: CommandIo): string =>
  io.text('records.outboxRow', {
    id,
    status: io.text(`records.delivery.${status}`),
    to: `${to.channel}:${to.chat}`,
    failure: failure ?? '–',
    attempts,
    at: { time: at },
  });

async function change(verb: 'retry' | 'drop', args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, { all: { type: 'boolean' } }, [0, LISTED_AT_MOST]);
  const all = values.all === true;
  if (all === positionals.length > 0) throw new WrongUsage('');
  const ids = all ? ('all' as const) : positionals;
  const count = await withStore(io, (store) => (verb === 'retry' ? store.retryOutbox(ids) : store.dropOutbox(ids)));
  if (!all && count === 0) throw new Refused(io.text('records.outboxUnknown', { id: positionals.join(', ') }));
  if (io.json) io.data({ count });
  else io.out(io.text(`records.outboxDone.${verb}`, { count }));
  return DONE;
}
