import { dayNumber, parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { noiseData } from '../testing/noise-data.ts';
import { type SizeGroup, TickTables } from './tick-tables.ts';

/** One symbol whose prices are 2,000 yen, and 2,000.5 in some sessions. */
function tablesOf(group: SizeGroup, narrow: readonly number[] = []) {
  const { panel } = noiseData({ symbols: 1, sessions: 30, seed: 1 });
  for (const name of ['open', 'high', 'low', 'close'] as const) panel[name].fill(2_000);
  for (const t of narrow) panel.low[t] = 2_000.5;
  const symbols = panel.symbols.map((symbol) => ({ ...symbol, tickTable: 'standard' }) as const);
  return new TickTables({ ...panel, symbols }, [group]);
}

it.each([
  ['topix100', '2014-01-10', 'standard'],
  ['topix100', '2014-01-14', 'topix100-phase-1'],
  ['topix100', '2014-07-22', 'topix100-phase-2'],
  ['topix100', '2015-09-24', 'topix500'],
  ['mid400', '2023-06-02', 'standard'],
  ['mid400', '2023-06-05', 'topix500'],
] as const)('has the table of %s on %s: %s', (group, date, table) => {
  const { panel } = noiseData({ symbols: 1, sessions: 30, seed: 1 });
  const days = panel.days.slice();
  days[9] = dayNumber(parseTradeDate(date));
  expect(new TickTables({ ...panel, days }, [group]).tableAt(9, 0)).toBe(table);
});

it('infers the narrow table from two sessions between the ticks, never earlier, where the group is not known', () => {
  const at = (tables: TickTables) => [4, 10, 11, 25, 10].map((t) => tables.tableAt(t, 0));
  expect(at(tablesOf(undefined, [3, 10]))).toEqual(['standard', 'standard', 'topix500', 'topix500', 'standard']);
  expect(new Set(at(tablesOf(undefined, [3])))).toEqual(new Set(['standard']));
  expect(new Set(at(tablesOf('other', [3, 10])))).toEqual(new Set(['standard']));
});
