import { openMigrated } from '../database/pglite/pglite-database.ts';
import { repositorySuite } from '../testing/repository-suite.ts';

repositorySuite('PGlite', () => openMigrated());
