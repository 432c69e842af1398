import { mkdtemp, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LeftOut, type ListedSymbol, routes } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { csvRow } from '@daytrade/market-data';
import type { CommandContext } from '../define-command.ts';
import { ProgressLine } from '../output/progress-line.ts';
import type { Connection } from '../platform/connect.ts';
import { type ExportRequest, exportedSymbols } from './export-request.ts';
import { styled } from './export-table.ts';
import { assertNew, type Written, writePieces, writeWhole } from './whole-file.ts';

/** Result of an export. */
export interface ExportResult {
  readonly what: ExportRequest['what'];
  readonly files: readonly { readonly file: string; readonly bytes: number; readonly rows: number | null }[];
  /** Symbols whose bars are in the files. */
  readonly symbols: readonly string[];
  /** Symbols without a bar in the range. */
  readonly withoutBars: readonly string[];
  /** Symbols whose bars cannot be read. */
  readonly leftOut: LeftOut;
  readonly synthetic: boolean;
}

type Context = Pick<CommandContext, 'terminal' | 'signal'>;
/** @throws DayTradeError `data.no-bars` or `data.bars-damaged` at the end when no symbol had a bar */
type Downloads = AsyncGenerator<{ readonly symbol: string; readonly content: AsyncIterable<Uint8Array> }>;

interface Outcome {
  readonly written: ListedSymbol[];
  readonly withoutBars: string[];
  readonly leftOut: { symbol: string; message: string }[];
}

/**
 * Writes bars to a file for each symbol, or one after another into one file. Never more than a piece of one symbol's
 * bars is in memory here.
 *
 * @throws DayTradeError `output.exists`, `output.unwritable`, `data.no-bars`, `data.symbol-unknown`, `run.cancelled`
 */
export async function exportBars(
  context: Context,
  connection: Connection,
  request: ExportRequest,
): Promise<ExportResult> {
  const symbols = await exportedSymbols(connection, request.symbols);
  const outcome: Outcome = { written: [], withoutBars: [], leftOut: [] };
  const each = downloads(context, connection, request, symbols, outcome);
  const files = request.isOneFile ? await intoOneFile(each, request) : await intoFolder(each, request, symbols);
  const { written, ...rest } = outcome;
  const synthetic = written.some((symbol) => symbol.synthetic);
  return { what: 'bars', files, symbols: written.map(({ symbol }) => symbol), ...rest, synthetic };
}

async function intoFolder(
  each: Downloads,
  { output, format, force, excel }: ExportRequest,
  symbols: readonly ListedSymbol[],
) {
  const pathOf = (symbol: string) => join(output, `${symbol}.${format}`);
  const table = join(output, 'symbols.csv');
  assertNew([table, ...symbols.map(({ symbol }) => pathOf(symbol))], force);
  const files: ExportResult['files'][number][] = [];
  for await (const { symbol, content } of each) {
    const file = pathOf(symbol);
    const written = await writeWhole(file, (path) => writePieces(path, styled(content, { excel })));
    files.push({ file, ...figures(written, format) });
  }
  const written = await writeWhole(table, (path) => writePieces(path, styled(symbolTable(symbols), { excel })));
  return [...files, { file: table, ...figures(written, 'csv') }];
}

async function intoOneFile(each: Downloads, { output, format, force, excel }: ExportRequest) {
  assertNew([output], force);
  const written = await writeWhole(output, async (path) =>
    format === 'csv' ? await writePieces(path, styled(joined(each), { excel })) : await joinedParquet(each, path),
  );
  return [{ file: output, ...figures(written, format) }];
}

function figures({ bytes, lines }: Written, format: ExportRequest['format']) {
  return { bytes, rows: format === 'csv' ? lines - 1 : null };
}

/** The texts of the symbols, with the header of the first. */
async function* joined(each: Downloads): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const { content } of each) {
    let isHeader = !isFirst;
    isFirst = false;
    for await (const piece of content) {
      const end = isHeader ? piece.indexOf(10) + 1 : 0;
      if (isHeader && end === 0) continue;
      isHeader = false;
      yield piece.subarray(end);
    }
  }
}

/** Parquet files begin and end with what is in them, so each symbol has one of its own first. */
async function joinedParquet(each: Downloads, target: string): Promise<Written> {
  const folder = await mkdtemp(join(dirname(target), '.export-'));
  try {
    const paths: string[] = [];
    for await (const { symbol, content } of each) {
      const path = join(folder, `${symbol}.parquet`);
      await writePieces(path, content);
      paths.push(path);
    }
    const { joinParquetFiles } = await import('@daytrade/storage');
    await joinParquetFiles(paths, target);
    return { bytes: (await stat(target)).size, lines: 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lists names and size groups, which an import reads beside the bars. */
async function* symbolTable(symbols: readonly ListedSymbol[]): AsyncGenerator<string> {
  yield `${csvRow(['symbol', 'name', 'group', 'sector'])}\n`;
  for (const { symbol, name, sizeGroup, sector } of symbols) yield `${csvRow([symbol, name, sizeGroup, sector])}\n`;
}

/** The bars of symbol after symbol; `outcome` gets what became of each. */
async function* downloads(
  { terminal, signal }: Context,
  { data }: Connection,
  request: ExportRequest,
  symbols: readonly ListedSymbol[],
  outcome: Outcome,
): Downloads {
  const { from, to, interval, format, isOneFile } = request;
  const query = { from, to, interval, format, symbolColumn: isOneFile ? 'true' : 'false' } as const;
  const line = new ProgressLine(terminal.stderr, 'export');
  let lastFault: unknown;
  try {
    for (const [index, listed] of symbols.entries()) {
      const { symbol } = listed;
      if (signal.aborted) throw cancelledAfter(index, symbols.length, isOneFile);
      const fraction = index / symbols.length;
      line.show({ stage: 'writing bars', fraction, remainingSeconds: null, message: symbol }, false);
      try {
        const content = await data.download(routes.barFile, { params: { symbol }, query, signal });
        yield { symbol, content };
        outcome.written.push(listed);
      } catch (error) {
        if (!isDayTradeError(error)) throw error;
        if (error.code === 'data.no-bars') outcome.withoutBars.push(symbol);
        else if (error.code === 'data.bars-damaged') {
          outcome.leftOut.push({ symbol, message: error.message });
          lastFault = error;
        } else throw error;
      }
    }
  } finally {
    line.end();
  }
  if (outcome.written.length === 0) throw lastFault ?? nothingIn(request);
}

function cancelledAfter(done: number, symbols: number, isOneFile: boolean): DayTradeError {
  const kept = isOneFile ? 'nothing was written' : 'the files that are whole are kept';
  return new DayTradeError('run.cancelled', `cancelled after ${done} of ${symbols} symbols; ${kept}`);
}

function nothingIn({ interval, from, to }: ExportRequest): DayTradeError {
  const days = [from === undefined ? '' : ` from ${from}`, to === undefined ? '' : ` to ${to}`].join('');
  return new DayTradeError('data.no-bars', `no symbol has bars of interval ${interval}${days}`);
}
