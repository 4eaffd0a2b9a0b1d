// Builds dist/ with esbuild when the sources are newer than the last build, and (with --generate) the Prisma clients.
// `npm start` and `npm run cli` call it first, so a checkout never runs stale code. It prints nothing when all is well.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const wantsGenerate = process.argv.includes('--generate');
const wantsBench = process.argv.includes('--bench');
const root = import.meta.dirname;
const generated = join(root, 'src/storage/generated');

/** Every file below `dir`, as paths relative to the project. */
function filesBelow(dir) {
  if (!existsSync(join(root, dir))) return [];
  return readdirSync(join(root, dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function stampOf(dirs) {
  const hash = createHash('sha1');
  for (const file of dirs.flatMap(filesBelow).sort()) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

function generateClients() {
  if (!existsSync(join(root, 'prisma/schema.prisma'))) return;
  for (const schema of ['prisma/schema.prisma', 'prisma/postgresql/schema.prisma']) {
    // `prisma generate` asks for its schema engine first, though it never calls it: any executable will do,
    // and nothing is downloaded.
    const result = spawnSync(
      process.execPath,
      [join(root, 'node_modules/prisma/build/index.js'), 'generate', '--schema', schema],
      {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
      },
    );
    if (result.status !== 0) {
      process.stderr.write(`${result.stdout}\n${result.stderr}\n`);
      process.exit(1);
    }
  }
}

async function build(target, entryPoints) {
  const stampFile = join(root, target, '.stamp');
  const stamp = stampOf(['src', ...(wantsBench ? ['test/bench', 'test/support'] : [])]);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const { build } = await import('esbuild');
  const fresh = `${target}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: fresh,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: true,
    logLevel: 'error',
  });
  for (const page of ['src/channels/webchat/page', 'src/web/desk/page']) {
    if (!existsSync(join(root, page))) continue;
    const to = join(root, fresh, page.replace(/^src\//, '').replaceAll('/', '-'));
    mkdirSync(to, { recursive: true });
    cpSync(join(root, page), to, { recursive: true });
  }
  writeFileSync(join(root, fresh, '.stamp'), stamp);
  // Rename as a whole, so that a command that starts meanwhile sees the old build or the new one, never half of one.
  const old = `${target}.old.${process.pid}`;
  if (existsSync(join(root, target))) renameSync(join(root, target), join(root, old));
  try {
    renameSync(join(root, fresh), join(root, target));
  } catch (error) {
    if (!existsSync(join(root, target))) throw error; // another build was faster: its result serves
    rmSync(join(root, fresh), { recursive: true, force: true });
  }
  rmSync(join(root, old), { recursive: true, force: true });
}

if (wantsGenerate || !existsSync(generated)) generateClients();
const entries = [
  { in: 'src/main.ts', out: 'main' },
  { in: 'src/cli/main.ts', out: 'cli' },
  { in: 'src/storage/migrate-child.ts', out: 'migrate-child' },
].filter(({ in: file }) => existsSync(join(root, file)));
if (entries.length > 0) await build('dist', entries);
if (wantsBench) await build('dist/bench', [{ in: 'test/bench/main.ts', out: 'main' }]);
