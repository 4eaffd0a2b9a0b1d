import { describeJoining } from '../contracts/joining.contract.ts';
import { describeLawFlips } from '../contracts/law-flips.contract.ts';
import { describeStore } from '../contracts/store.contract.ts';
import { temporaryPostgres, temporarySqlite } from '../support/databases.ts';

describeStore('SQLite', temporarySqlite);
describeStore('PostgreSQL', temporaryPostgres);
describeLawFlips('SQLite', temporarySqlite);
describeLawFlips('PostgreSQL', temporaryPostgres);
describeJoining('SQLite', temporarySqlite);
describeJoining('PostgreSQL', temporaryPostgres);
