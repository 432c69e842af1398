import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { dateFormatSchema, type FetchResult, indexNameSchema, priceBasisSchema } from '@daytrade/contracts';
import type { CommandContext, CommandDefinition } from '../define-command.ts';
import { parseInput, textOption, wrongInput } from '../input.ts';
import { say, translated } from '../language/language.ts';
import { fetchReport } from '../output/fetch-report.ts';
import { quantity } from '../output/format.ts';
import { printNote, printResult } from '../output/terminal.ts';
import { type ImportRequest, importFolder } from '../upload/import-folder.ts';
import { importAnnouncementFile, importIndexFile, rowInWords } from './import-series.ts';

/** Reasons that occur in every vendor's files. Any other reason means a faulty file. */
const vendorNoise = new Set(['placeholder', 'open-outside-range', 'close-outside-range']);

export const importCommand: CommandDefinition = {
  usage: 'import <folder>',
  summary: 'read bars from CSV or parquet files',
  description: `Reads bars from a folder of files, or from one file. A file named for a symbol (7203.T.csv,
7203.csv.gz) holds that symbol. Any other (all.csv) holds many: in rows with a column of codes, or side by side as
yfinance writes them.

Files are CSV, gzipped or not, in UTF-8, UTF-16 or Shift_JIS, with commas, semicolons or tabs (.csv, .csv.gz, .tsv), or
parquet files of any program. The header names the columns in English or Japanese, in any order:
date,open,high,low,close,volume or 日付,始値,高値,安値,終値,出来高, with or without adjclose (調整後終値), a code and others. Dates are
written 2025-01-06, 2025/1/6, 20250106, 2025年1月6日 or 令和7年1月6日, with or without a time and its offset to UTC, or as
seconds or milliseconds since 1970. 25/01/06 and 01/06/2025 are read where all rows of the file fit one reading alone;
--date-format says which one is meant. Else they are refused with the readings. Volumes may end in K, M or B. Under
timestamp or datetime, rows are 5-minute bars where they are 5 minutes apart, and daily bars where there is one a day.
The report says what each file was taken for; with --dry-run nothing but the report is made.

Prices are traded, split-adjusted or fully-adjusted. Which of these is recognised from adjclose, from the tick grid,
and from multiples in volumes that a split leaves, and the report says from which. Where nothing shows
it, the report says so; --basis states it. With --basis fully-adjusted, prices are scaled by adjclose / close, so that
dividends are added back. A column of dividends (配当), or what adjclose steps by, gives the dividends of other prices,
which are kept beside them: intervals lie lower on ex-days. Every row goes through the quality gate: good rows are kept,
bad ones are quarantined with the reason, and so is the bar of a session that is not over. An import that is run again,
even after it was cut off, ends in the same bars.

Names, sectors and size groups come from symbols.csv in the folder or beside it, or from --symbols FILE: with the
columns symbol,name,group,sector, or the list of issues that the exchange gives out (data_j.xls of jpx.co.jp), saved as
CSV. Without it a symbol keeps the name that it had, else the one of the list of March 2024, else its code.

With --index, the file holds the daily values of a series that is not a stock, in columns date and close, or in
two columns: nasdaq, sp500, vix, usdjpy (what the night brought before Tokyo opens), nikkei225 or topix. Days are
those of its own market. Rows of days on which that was closed or that are not over there are kept out and named.

With --announcements, the file holds days on which companies announce their results: code,date (コード,決算発表日), with
time (15:30), known_since and last_listed where they are known. A day counts for a forecast only from known_since on;
without it a day that is past counts from its end, and one to come from now. A day that a schedule no longer had before
it came (last_listed) counts until then alone. With a bad row nothing is written, and each is named.

If DAYTRADE_SERVICES names a service, or the service reads no folders, the files are sent to it in parts. An import
that was stopped in the middle continues when the same command is run again within 24 hours.

Ends with exit code 2 when a file was refused, or when a row is not a bar of the exchange at all (a closed day, an
impossible price or date); the good rows are kept anyway. Placeholders and a close outside of its day's range are
quarantined with exit code 0.`,
  examples: [
    'daytrade import ./bars',
    'daytrade import ./all.csv.gz --basis split-adjusted',
    'daytrade import ./bars --symbols ./symbols.csv --json',
    'daytrade import --index nasdaq ./ndq.csv --dry-run',
    'daytrade import --announcements ./results.csv',
  ],
  configure: (command) =>
    command
      .option(
        '--symbols <file>',
        'CSV with symbol,name,group,sector, or data_j.xls of JPX as CSV; default: symbols.csv there',
      )
      .option('--index <name>', `the file holds daily values of: ${indexNameSchema.options.join(', ')}`)
      .option('--announcements', 'the file holds days on which companies announce their results')
      .option('--dry-run', 'read and judge everything, write nothing, and report what an import would do')
      .option('--date-format <format>', 'YY/MM/DD, MM/DD/YYYY or DD/MM/YYYY, for dates that can be read in two ways')
      .option('--basis <basis>', 'traded, split-adjusted or fully-adjusted; default: recognised from the file'),
  run: async (context, { args, options }) => {
    const index = textOption(options, 'index');
    const path = pathOf(String(args[0]));
    if (options.announcements === true) return await importAnnouncementFile(context, path, options);
    if (index !== undefined) return await importIndexFile(context, path, index, options);
    const basis = textOption(options, 'basis');
    const symbolsFile = textOption(options, 'symbols');
    const dateFormat = textOption(options, 'dateFormat');
    const request: ImportRequest = {
      folder: path,
      symbolsFile: symbolsFile === undefined ? undefined : resolve(symbolsFile),
      dryRun: options.dryRun === true ? true : undefined,
      dateFormat: dateFormat === undefined ? undefined : parseInput(dateFormatSchema, dateFormat, '--date-format'),
      priceBasis: basis === undefined ? undefined : parseInput(priceBasisSchema, basis, '--basis'),
    };
    await runImport(context, request);
  },
};

/**
 * The absolute path of what is imported; a `~` in quotes, which no shell has replaced, is the home directory.
 *
 * @throws DayTradeError `input.invalid` for an address
 */
export function pathOf(named: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(named)) {
    throw wrongInput('folder', `${named} is an address; download its files, and name their folder`, named);
  }
  return resolve(named.replace(/^~(?=[/\\]|$)/, homedir()));
}

/** Imports a folder or a file and reports what came of it, by the exit code as well. */
export async function runImport(context: CommandContext, request: ImportRequest): Promise<void> {
  const connection = await context.connect();
  const result = await importFolder(context, connection, request);
  const faulty = result.keptOut.filter(({ reason }) => !vendorNoise.has(reason));
  const named = result.dryRun ? result.keptOut : faulty;
  for (const kept of named) printNote(context.terminal, inWords(kept, result.dryRun));
  for (const { message } of result.filesRefused) printNote(context.terminal, say`refused ${message}`);
  for (const note of result.notes) printNote(context.terminal, translated(note));
  if (faulty.length > 0 || result.filesRefused.length > 0) process.exitCode = 2;
  printResult(context, result, () => fetchReport(result));
}

function inWords({ reason, rows, first }: FetchResult['keptOut'][number], dryRun: boolean): string {
  const [many, why, where] = [quantity(rows, 'row'), say(reason), rowInWords(first)];
  return dryRun
    ? say`${many} would be quarantined as ${why}, the first in ${where}`
    : say`${many} quarantined as ${why}, the first in ${where}`;
}
