import { connectDatabase } from '../database/database.ts';
import { pgliteDialect } from '../database/pglite-dialect.ts';
import { repositorySuite } from '../testing/repository-suite.ts';

repositorySuite('PGlite', () => connectDatabase(pgliteDialect()));
