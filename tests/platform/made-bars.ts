import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTradeDate, roundToTick, sessionsBetween } from '@daytrade/market';
import { seededRandom } from '@daytrade/series';

export const barHeader = 'date,open,high,low,close,volume';

export interface MadeBars {
  /** File names without `.csv`. */
  readonly symbols: readonly string[];
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  /** Every n-th row of each file gets a high below its low. */
  readonly badRowEvery?: number;
}

/** Writes CSV files of a random walk on the exchange's sessions and ticks; the same options give the same files. */
export function writeBars(folder: string, options: MadeBars): void {
  mkdirSync(folder, { recursive: true });
  for (const [index, symbol] of options.symbols.entries()) {
    writeFileSync(join(folder, `${symbol}.csv`), [barHeader, ...barRows(options, index + 1), ''].join('\n'));
  }
}

function barRows({ from, to, badRowEvery }: MadeBars, seed: number): string[] {
  const random = seededRandom(seed);
  let close = 1500 + Math.round(random() * 1000);
  return sessionsBetween(parseTradeDate(from), parseTradeDate(to)).map((date, index) => {
    const open = roundToTick(close * (1 + 0.01 * (random() - 0.5)), 'standard', 'nearest');
    close = roundToTick(open * (1 + 0.03 * (random() - 0.5)), 'standard', 'nearest');
    const highest = roundToTick(Math.max(open, close) * (1 + 0.01 * random()), 'standard', 'up');
    const lowest = roundToTick(Math.min(open, close) * (1 - 0.01 * random()), 'standard', 'down');
    const isBad = badRowEvery !== undefined && index % badRowEvery === badRowEvery - 1;
    const [high, low] = isBad ? [lowest, highest] : [highest, lowest];
    return [date, open, high, low, close, 1_000_000 + 100 * Math.floor(random() * 10_000)].join(',');
  });
}
