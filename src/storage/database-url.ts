/** Which database a `DATABASE_URL` names. */
export type Provider = 'sqlite' | 'postgresql';

/** Throws RangeError for an URL of neither kind (config refuses it first, naming the variable). */
export function providerOf(url: string): Provider {
  if (url.startsWith('file:')) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgresql';
  throw new RangeError('DATABASE_URL must begin with file: or postgresql://');
}

/** The path of a SQLite database, relative to the working directory unless absolute. */
export const sqliteFile = (url: string): string => decodeURIComponent(url.replace(/^file:(\/\/(?=\/))?/, ''));
