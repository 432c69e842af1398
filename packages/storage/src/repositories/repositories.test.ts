import { openMigrated } from '../database/pglite/open.ts';
import { repositorySuite } from '../testing/repository-suite.ts';

repositorySuite('PGlite', () => openMigrated());
