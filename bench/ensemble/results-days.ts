import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dateOfDayNumber, dayNumber, instantOf, parseSymbol, parseTradeDate, type SymbolCode } from '@daytrade/market';
import type { Panel, ResultsAnnouncement, ResultsCalendar } from '@daytrade/series';
import { marketData } from '../harness/paths.ts';

/** Days on which companies announced results, from a public schedule: no time of day, known since it was seen. */
const file = 'announcements-2025.csv';

/** The months in which they are compared, the first of which are before the schedule was first seen. */
export const resultsFrom = dayNumber(parseTradeDate('2025-05-01'));

/** The announcements of the symbols of a panel. */
export function realResults({ symbols }: Panel): ResultsCalendar {
  const [, ...lines] = readFileSync(join(marketData, file), 'utf8').trim().split('\n');
  const bySymbol = new Map<SymbolCode, ResultsAnnouncement[]>();
  for (const line of lines) {
    const [code, date, , known] = line.split(',');
    const symbol = parseSymbol(code!);
    const one = {
      day: dayNumber(parseTradeDate(date!)),
      minute: undefined,
      knownSince: instantOf(parseTradeDate(known!.slice(0, 10)), known!.slice(11)),
    };
    bySymbol.set(symbol, [...(bySymbol.get(symbol) ?? []), one]);
  }
  return symbols.map(({ symbol }) => bySymbol.get(symbol)?.toSorted((one, other) => one.day - other.day));
}

/** Returns true for a session of the months that are compared. */
export function isCompared(session: string): boolean {
  return session >= dateOfDayNumber(resultsFrom);
}
