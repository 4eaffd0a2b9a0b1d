/** `content check`, `content diff`, `content schemas`: what editors of `content/` need. */
import { statSync } from 'node:fs';
import { DONE, FAILED, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';
import { issueLine } from '../issue-line.ts';

export const content: Command = {
  name: 'content',
  async run(args, io) {
    const [verb = '', ...rest] = args;
    if (verb === 'check') return check(rest, io);
    if (verb === 'diff') return (await import('./content-diff.ts')).contentDiff(rest, io);
    if (verb === 'schemas') return (await import('./content-schemas.ts')).contentSchemas(rest, io);
    throw new WrongUsage(verb === '' ? '' : io.text('cli.unknownSubcommand', { command: 'content', name: verb }));
  },
};

/** `{ok, issues}`; warnings alone are fine. */
async function check(args: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArgs(args, { dir: { type: 'string' } }, [0, 0]);
  const dir = values.dir === undefined ? io.contentDir : io.path(values.dir);
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Refused(io.text('cli.noSuchFolder', { dir }));
  const { checkContent } = await import('../check-content.ts');
  const { ok, issues } = await checkContent(dir, io);
  if (io.json) io.data({ ok, issues });
  else {
    for (const issue of issues) io.out(issueLine(issue, io.text));
    const errors = issues.filter(({ severity }) => severity === 'error').length;
    io.out(io.text('cli.content.summary', { errors, warnings: issues.length - errors }));
  }
  if (!ok && io.json) io.err(io.text('cli.contentBroken', { dir }));
  return ok ? DONE : FAILED;
}
