import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { repositoryRoot, temporaryFolder } from './running-process.ts';

const testData = resolve(repositoryRoot, process.env.DAYTRADE_TEST_DATA ?? '../shared/data');

/** A folder or file of real bars. */
export function realBars(...parts: readonly string[]): string {
  return join(testData, ...parts);
}

/** False on a machine without the real bars, which may not be copied into the repository. */
export const hasRealBars = existsSync(realBars('tse'));

/** For the title of what is skipped without them. */
export const needsRealBars = hasRealBars ? '' : ` (skipped: no real bars in ${testData}; see DAYTRADE_TEST_DATA)`;

/** A folder of that name with the bars of that many of its symbols, taken from all over. */
export function someRealBars(name: string, symbols: number): string {
  const folder = join(temporaryFolder('real-bars'), name);
  mkdirSync(folder);
  const files = readdirSync(realBars('tse', name)).filter((file) => file.endsWith('.csv'));
  for (let taken = 0; taken < symbols; taken += 1) {
    const file = files[Math.floor((taken * files.length) / symbols)] as string;
    copyFileSync(realBars('tse', name, file), join(folder, file));
  }
  // An import finds the names of the symbols beside the folder.
  copyFileSync(realBars('tse', 'symbols.csv'), join(folder, '..', 'symbols.csv'));
  return folder;
}

/** Rows of all CSV files of a folder, without their headers. */
export function countRows(folder: string): number {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').length - 1)
    .reduce((sum, rows) => sum + rows, 0);
}
