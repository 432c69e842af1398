import { newDatabase } from '../testing/new-database.ts';
import { repositorySuite } from '../testing/repository-suite.ts';

repositorySuite('PGlite', newDatabase);
