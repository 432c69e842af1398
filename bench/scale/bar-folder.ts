import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addSessions, dateOfDayNumber, parseTradeDate, type TradeDate } from '@daytrade/market';
import { createSyntheticExchange } from '@daytrade/market-data';
import type { BarColumns } from '@daytrade/series';
import type { ScaleSizes } from './scale-sizes.ts';

/** Files as a user has them: one a symbol with its history, and one of all symbols for each day after it. */
export interface BarFolder {
  /** Folder of `2000.csv` and so on. */
  readonly history: string;
  /** Folders with one file of all symbols each, of one day after the other. */
  readonly days: readonly string[];
}

const from = parseTradeDate('2016-01-04');
/** Sessions after the history, for updates. */
const updates = 3;
/** Symbols of one synthetic exchange, which has room for 899. */
const symbolsAtOnce = 800;
/** One symbol in this many has two rows that no quality gate lets through. */
const faultEvery = 10;
const header = 'date,open,high,low,close,volume\n';

/** Makes the files of a size, once. */
export function makeBarFolder(cache: string, { symbols, sessions }: ScaleSizes): BarFolder {
  const folder = join(cache, 'scale', `bars-${symbols}-${sessions}`);
  const days = Array.from({ length: updates }, (_, day) => `day-${day + 1}`);
  const at = (place: string): BarFolder => ({
    history: join(place, 'history'),
    days: days.map((day) => join(place, day)),
  });
  if (existsSync(folder)) return at(folder);
  const unfinished = `${folder}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  const made = at(unfinished);
  for (const each of [made.history, ...made.days]) mkdirSync(each, { recursive: true });
  const last = addSessions(from, sessions - 1);
  const dayRows: string[][] = days.map(() => []);
  for (let first = 0; first < symbols; first += symbolsAtOnce) {
    const count = Math.min(symbolsAtOnce, symbols - first);
    writeSymbols(made, { first, count, last }, dayRows);
  }
  for (const [day, rows] of dayRows.entries()) {
    writeFileSync(join(made.days[day]!, 'all.csv'), `code,${header}${rows.join('')}`);
  }
  renameSync(unfinished, folder);
  return at(folder);
}

interface SomeSymbols {
  readonly first: number;
  readonly count: number;
  /** Last day of the history. */
  readonly last: TradeDate;
}

function writeSymbols(folder: BarFolder, { first, count, last }: SomeSymbols, dayRows: string[][]): void {
  const exchange = createSyntheticExchange({ seed: 1 + first, symbols: count, start: from });
  for (const [i, { symbol }] of exchange.symbols.entries()) {
    const code = codeOf(first + i);
    const bars = exchange.bars(symbol, from, last);
    const file = join(folder.history, `${code}.csv`);
    writeFileSync(file, `${header}${rowsOf(bars, (first + i) % faultEvery === 0).join('')}`);
    for (const [day, rows] of dayRows.entries()) {
      const date = addSessions(last, day + 1);
      rows.push(...rowsOf(exchange.bars(symbol, date, date), false).map((row) => `${code},${row}`));
    }
  }
}

/** Codes from 2000 on, which are shares of lots of 100. */
function codeOf(index: number): number {
  return 2000 + index;
}

function rowsOf({ days, open, high, low, close, volume }: BarColumns, isFaulty: boolean): string[] {
  const rows = Array.from(days, (day, row) => {
    const prices = [open[row], high[row], low[row], close[row]];
    return `${dateOfDayNumber(day)},${prices.join(',')},${volume[row]}\n`;
  });
  if (!isFaulty) return rows;
  const [placeholder, outside] = [Math.floor(rows.length / 3), Math.floor(rows.length / 2)];
  const [flat, above] = [close[placeholder], high[outside]! + 100];
  rows[placeholder] = `${dateOfDayNumber(days[placeholder]!)},${flat},${flat},${flat},${flat},0\n`;
  const [first, highest, lowest] = [open[outside], high[outside], low[outside]];
  rows[outside] = `${dateOfDayNumber(days[outside]!)},${first},${highest},${lowest},${above},${volume[outside]}\n`;
  return rows;
}
