import { resolve } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { textOption, wholeNumber } from '../../input.ts';
import { reconcileReport } from '../../output/reconcile-report.ts';
import { printResult } from '../../output/terminal.ts';
import { systemClock } from '../../platform/system-clock.ts';
import { reconcileFolder, symbolCodes } from '../../reconcile/reconcile-folder.ts';

const expected = 'expected a share of a price from 0.00001 to 0.1, as 0.001';

export const dataReconcileCommand: CommandDefinition = {
  usage: 'reconcile [symbols...]',
  summary: 'compare the stored bars with those of another source',
  description: `Compares the stored daily bars with a folder of CSV files of another vendor, day by day, and lists what
differs. Nothing is stored or changed.

Vendors adjust differently, so that their prices differ by a factor. It changes only on ex-dividend days and at splits,
which are listed as such; every bar is compared after scaling by the factor of its days. What remains is listed as a
price, a volume, or a day that only one of them has.

Prices that differ by no more than the tolerance are equal. By default it is measured for each symbol, from 0.05 % to
0.2 %. Ends with exit code 5 when something differs that is neither an ex-dividend day nor a split.`,
  examples: [
    'daytrade data reconcile --with ./other-vendor',
    'daytrade data reconcile 7203 --with ./other --tolerance 0.001',
  ],
  configure: (command) =>
    command
      .option('--with <folder>', 'folder of CSV files, or one CSV file')
      .option('--tolerance <share>', 'relative difference up to which prices are equal; default: measured')
      .option('--rows <number>', 'differences to show of each symbol', '20'),
  run: async (context, { args, options }) => {
    const folder = textOption(options, 'with');
    if (folder === undefined) {
      throw new DayTradeError('input.invalid', '--with: expected a folder of CSV files to compare with', {
        details: { field: '--with' },
      });
    }
    const request = {
      folder: resolve(folder),
      symbols: symbolCodes(args),
      tolerance: toleranceOf(textOption(options, 'tolerance')),
      now: systemClock.now(),
    };
    const rows = wholeNumber(options.rows, '--rows', { min: 1, max: 100_000 });
    const result = await reconcileFolder(context, await context.connect(), request);
    const isExplained = (kind: string) => kind === 'ex-dividend' || kind === 'split';
    const unexplained = result.symbols.some(({ differences }) => differences.some(({ kind }) => !isExplained(kind)));
    if (unexplained || result.notCompared.length > 0) process.exitCode = 5;
    printResult(context.terminal, context.json, result, () => reconcileReport(result, rows));
  },
};

function toleranceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && value >= 1e-5 && value <= 0.1) return value;
  throw new DayTradeError('input.invalid', `--tolerance: ${expected}, got ${JSON.stringify(text)}`, {
    details: { field: '--tolerance', value: text },
  });
}
