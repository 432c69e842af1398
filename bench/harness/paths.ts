import { join, resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '../..');

/** Where everything lies that is made once and is not kept in the repository. */
export const cache = join(repository, '.cache', 'bench');

/** Folder of the Python programs. */
export const pythonPrograms = join(repository, 'bench', 'python');

/** Real market data, which may not be copied into the repository. */
export const marketData = resolve(repository, process.env.DAYTRADE_TEST_DATA ?? '../shared/data', 'tse');
