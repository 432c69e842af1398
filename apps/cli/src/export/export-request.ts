import { statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import {
  type BarFileFormat,
  type BarInterval,
  barFileFormatSchema,
  intervalSchema,
  type ListedSymbol,
  routes,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { parseSymbol, parseTradeDate, type SymbolCode, type TradeDate } from '@daytrade/market';
import { parseInput, textOption, wrongInput } from '../input.ts';
import type { Connection } from '../platform/connect.ts';

/** Kinds of data that can be exported. */
const exportables = ['bars', 'predictions', 'judged', 'quarantine'] as const;
export type Exportable = (typeof exportables)[number];

/** Checked request of `daytrade data export`. */
export interface ExportRequest {
  readonly what: Exportable;
  /** Undefined: all that are in use. */
  readonly symbols: readonly SymbolCode[] | undefined;
  readonly from: TradeDate | undefined;
  readonly to: TradeDate | undefined;
  readonly interval: BarInterval;
  readonly format: BarFileFormat;
  /** Absolute path of a file, or of the folder of a file for each symbol. */
  readonly output: string;
  readonly isOneFile: boolean;
  readonly excel: boolean;
  readonly force: boolean;
}

type Options = Readonly<Record<string, unknown>>;

/** @throws DayTradeError `input.invalid`, `market.symbol-invalid` */
export function exportRequest(what: string | undefined, options: Options): ExportRequest {
  const exported = exportables.find((name) => name === (what ?? 'bars'));
  if (exported === undefined) {
    const names = exportables.map((name) => JSON.stringify(name)).join(', ');
    throw wrongInput('what', `expected one of ${names}, got ${JSON.stringify(what)}`, what);
  }
  const { format: named } = options;
  const asked = named === undefined ? undefined : parseInput(barFileFormatSchema, named, '--format');
  const output = textOption(options, 'output');
  if (output === undefined || output === '') {
    throw wrongInput('--output', 'expected a folder for a file of each symbol, or a file name as bars.csv', output);
  }
  const ending = extname(output).slice(1).toLowerCase();
  const isOneFile = ending === 'csv' || ending === 'parquet';
  if (!isOneFile && ending !== '' && !isFolder(output)) {
    const expected = `expected a folder, or a file that ends in .csv or .parquet, got ${output}`;
    throw wrongInput('--output', `${expected}; for a new folder of that name, end it with /`, output);
  }
  const format = formatOf(asked, isOneFile ? ending : undefined);
  if (exported !== 'bars') assertTable(exported, options, { isOneFile, format, output });
  if (options.excel === true && format === 'parquet') throw wrongInput('--excel', 'expected it with CSV only', true);
  return {
    what: exported,
    symbols: symbolsOf(options),
    ...daysOf(options),
    interval: parseInput(intervalSchema, options.interval ?? '1d', '--interval'),
    format,
    output: resolve(output),
    isOneFile,
    excel: options.excel === true,
    force: options.force === true,
  };
}

/** Returns whether the name is an existing folder or ends with a slash. */
function isFolder(output: string): boolean {
  return /[/\\]$/.test(output) || statSync(output, { throwIfNoEntry: false })?.isDirectory() === true;
}

function formatOf(asked: BarFileFormat | undefined, ending: string | undefined): BarFileFormat {
  if (ending !== undefined && asked !== undefined && asked !== ending) {
    throw wrongInput(
      '--format',
      `expected ${ending}, as --output ends in .${ending}, got ${JSON.stringify(asked)}`,
      asked,
    );
  }
  return asked ?? parseInput(barFileFormatSchema, ending ?? 'csv', '--output');
}

/** Everything but bars is one table of text. */
function assertTable(what: Exportable, options: Options, file: Pick<ExportRequest, 'isOneFile' | 'format' | 'output'>) {
  if (options.interval !== undefined) throw wrongInput('--interval', 'expected it with "bars" only', options.interval);
  if (file.format !== 'csv') throw wrongInput('--format', `expected csv for ${what}; parquet is for bars`, file.format);
  if (!file.isOneFile)
    throw wrongInput('--output', `expected a file name as ${what}.csv, got ${file.output}`, file.output);
}

function symbolsOf(options: Options): readonly SymbolCode[] | undefined {
  const text = textOption(options, 'symbols');
  if (text === undefined) return undefined;
  const codes = text.split(/[\s,]+/).filter((code) => code !== '');
  if (codes.length === 0) throw wrongInput('--symbols', 'expected codes as 7203,6758', text);
  return [...new Set(codes.map((code) => parseSymbol(code)))];
}

function daysOf(options: Options): Pick<ExportRequest, 'from' | 'to'> {
  const day = (name: 'from' | 'to') => {
    const text = textOption(options, name);
    return text === undefined ? undefined : parseTradeDate(text, `--${name}`);
  };
  const [from, to] = [day('from'), day('to')];
  if (from === undefined || to === undefined || from <= to) return { from, to };
  throw wrongInput('--from', `expected a day that is not after --to, ${to}, got ${from}`, from);
}

/**
 * The symbols whose data is written: those asked for, else all that are in use.
 *
 * @throws DayTradeError `data.symbol-unknown`; `data.no-bars` when there is none
 */
export async function exportedSymbols(
  { data }: Pick<Connection, 'data'>,
  asked: readonly SymbolCode[] | undefined,
): Promise<readonly ListedSymbol[]> {
  const { symbols } = await data.call(routes.symbols);
  const inUse = symbols.filter(({ displaced }) => !displaced);
  if (asked === undefined) {
    if (inUse.length === 0) throw new DayTradeError('data.no-bars', 'there are no bars yet');
    return inUse;
  }
  const known = new Map(symbols.map((symbol) => [symbol.symbol, symbol]));
  const found: ListedSymbol[] = [];
  for (const code of asked) {
    const symbol = known.get(code);
    // The service says which codes are like it.
    if (symbol === undefined) await data.call(routes.bars, { params: { symbol: code } });
    else found.push(symbol);
  }
  return found;
}
