import type { SymbolHealth } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { healthReport } from './health-report.ts';

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
