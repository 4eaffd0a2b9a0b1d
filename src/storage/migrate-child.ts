/** Entry of the child process that applies migrations; the database URL comes on stdin. Exit 1 with the reason on stderr. */
import { applyMigrations } from './migrate.ts';

let url = '';
for await (const chunk of process.stdin) url += String(chunk);
try {
  await applyMigrations(url.trim());
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : JSON.stringify(error)}\n`);
  process.exit(1);
}
