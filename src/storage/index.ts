export { migrate, migrationState, type MigrationState } from './migrate.ts';
export { openStore, type StoreOptions } from './prisma-store.ts';
export { providerOf, sqliteFile } from './database-url.ts';
export { backupSqlite, BackupRefused, restoreSqlite } from './backup.ts';
