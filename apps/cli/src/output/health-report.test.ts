import type { IndexEntry, IndexImport, SymbolHealth } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { healthReport, indexImportReport, indexTable } from './health-report.ts';

const daily: SymbolHealth = {
  symbol: '7203',
  name: 'トヨタ自動車',
  priceBasis: 'traded',
  synthetic: false,
  bars: 1_222,
  firstDate: parseTradeDate('2021-07-13'),
  lastDate: parseTradeDate('2026-07-13'),
  damage: null,
  gaps: [],
  missingSessions: 0,
  explainedSessions: 0,
  sessionsBehind: 0,
  intraday: null,
  keptOut: [],
  origins: [],
  concerns: [],
};
const intraday = { bars: 5_411, sessions: 80, firstDate: parseTradeDate('2025-01-22'), gaps: [], missingSessions: 0 };
const withinDay = { ...daily, symbol: '8306', bars: 0, firstDate: null, lastDate: null };
const age = {
  newest: parseTradeDate('2026-07-13'),
  lastFinishedSession: parseTradeDate('2026-12-01'),
  sessionsBehind: 93,
  daysBehind: 141,
};

it('counts daily bars and those of 5 minutes apart, and says of old bars that the newest sessions are missing', () => {
  const within = { ...withinDay, intraday: { ...intraday, lastBar: '2025-05-26T06:30:00.000Z' } };
  expect(
    healthReport({ symbols: [daily, within], barsAge: age }, false)
      .split('\n')
      .slice(0, 3),
  ).toEqual([
    '1 symbol with 1,222 daily bars: nothing is missing but the newest sessions.',
    '1 symbol with 5,411 5-minute bars; the newest ended 2025-05-26 15:30.',
    '1 symbol of these without daily bars: no forecast is made of them; import those too.',
  ]);
  expect(healthReport({ symbols: [daily], barsAge: null }, false)).toBe(
    '1 symbol with 1,222 daily bars: nothing needs attention.',
  );
});

it('counts who needs attention, and lists only these unless all are asked for', () => {
  const concern = { concern: 'gaps', message: 'a session is missing', remedy: 'fetch it' };
  const needy = { ...daily, symbol: '6758', name: '6758', concerns: [concern] } as SymbolHealth;
  const report = (symbols: SymbolHealth[], all = false) => healthReport({ symbols, barsAge: null }, all);
  expect(report([])).toBe('There are no bars yet.');
  expect(report([daily, needy])).toMatch(/^2 symbols with 2,444 daily bars: 1 needs attention\.\n/);
  expect(report([needy, needy])).toContain(': 2 need attention.');
  expect(report([daily, needy])).not.toContain('7203');
  expect(report([daily, needy], true)).toContain('7203');
  expect(report([daily, needy])).toMatch(/\n6758\n {2}a session is missing\n {4}fetch it$/);
  expect(report([{ ...needy, name: 'ソニー' }])).toContain('\n6758 ソニー\n');
});

it('names where bars came from, with their numbers where there are several origins', () => {
  const origin = { source: 'jquants', bars: 1_000, fetchedAt: '2026-07-13T08:00:00.000Z' };
  const table = (...origins: object[]) =>
    healthReport({ symbols: [{ ...daily, origins } as SymbolHealth], barsAge: null }, true);
  expect(table()).toContain('–');
  expect(table(origin)).toContain('jquants 2026-07-13 17:00');
  expect(table(origin, { source: null, bars: 2, fetchedAt: null })).toContain(
    'jquants (1,000) 2026-07-13 17:00, not known (2)',
  );
});

const imported = {
  name: 'topix',
  file: 'topix.csv',
  dryRun: false,
  rowsRead: 3,
  firstDate: '2026-07-09',
  lastDate: '2026-07-13',
  valuesAdded: 1,
  valuesChanged: 2,
  valuesUnchanged: 3,
  keptOut: [],
  rowsOutsideCalendar: 0,
} as unknown as IndexImport;

it('says what an import of an index wrote, or would write', () => {
  const lines = (change: object) =>
    indexImportReport({ ...imported, ...change })
      .split('\n')
      .slice(1);
  expect(lines({})).toEqual(['1 added, 2 changed, 3 the same.']);
  expect(lines({ keptOut: [{}], rowsOutsideCalendar: 1 })).toEqual([
    '1 added, 2 changed, 3 the same.',
    '1 row kept out.',
    '1 before 2000 or after 2030 passed over.',
  ]);
  expect(lines({ dryRun: true, keptOut: [{}] })).toEqual([
    '1 would be added, 2 would be changed, 3 the same.',
    '1 row would be kept out.',
    'Nothing was written.',
  ]);
  expect(indexImportReport({ ...imported, firstDate: null, lastDate: null })).toMatch(
    /^topix from topix.csv: 3 rows\.\n/,
  );
});

it.each([
  ['current', false, true, 'current'],
  ['current', true, true, 'current, synthetic'],
  ['absent', true, false, 'absent, not used'],
])('says of an index that is %s, synthetic %s, in use %s: %s', (state, synthetic, inUse, expected) => {
  const entry = { name: 'topix', title: 'TOPIX', values: 1, source: 'end', state, synthetic, inUse };
  expect(indexTable([entry as unknown as IndexEntry])).toMatch(new RegExp(`  ${expected}  +end`));
});
