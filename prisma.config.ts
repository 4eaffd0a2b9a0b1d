/**
 * For Prisma's own command line (`prisma generate`, and `prisma migrate deploy` where its engine may be downloaded).
 * The service does not read it: it migrates by itself (src/storage/migrate.ts).
 */
import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations/sqlite' },
  datasource: { url: 'file:./data/khuyencong.db' },
});
