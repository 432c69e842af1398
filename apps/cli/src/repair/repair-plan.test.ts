import { type Run, runSchema, type SymbolHealth } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { lackingBars } from './lacking-bars.ts';
import { repairPlan } from './repair-plan.ts';
import { repairReport } from './repair-report.ts';

const from = parseTradeDate('2026-11-02');
const day = (text: string) => parseTradeDate(`2026-${text}`);

function health(symbol: string, source: string | null, more: Partial<SymbolHealth> = {}): SymbolHealth {
  return {
    symbol,
    name: symbol,
    priceBasis: 'traded',
    synthetic: source === 'synthetic',
    bars: 100,
    firstDate: day('06-01'),
    lastDate: day('11-20'),
    damage: null,
    gaps: [{ from: day('11-04'), to: day('11-05'), sessions: 2 }],
    missingSessions: 2,
    explainedSessions: 0,
    sessionsBehind: 0,
    intraday: null,
    keptOut: [],
    origins: source === null ? [] : [{ source, bars: 100, fetchedAt: '2026-11-20T09:00:00Z' }],
    concerns: [],
    ...more,
  };
}

const run = (payload: object): Run =>
  runSchema.parse({
    id: 'run',
    job: 'fetch',
    key: 'fetch',
    trigger: 'request',
    status: 'succeeded',
    attempt: 1,
    maxAttempts: 1,
    payload,
    progress: null,
    result: null,
    error: null,
    scheduledFor: null,
    queuedAt: '2026-11-20T09:00:00Z',
    startedAt: null,
    finishedAt: null,
  });

const fetches = [
  run({ provider: 'csv', folder: '/bars/new' }),
  run({ provider: 'csv', folder: '/bars/old', priceBasis: 'traded' }),
  run({ provider: 'csv', folder: '/bars/old' }),
  run({ provider: 'csv', upload: 'a'.repeat(32) }),
  run({ provider: 'csv', folder: '/bars/tried', dryRun: true }),
  run({ provider: 'synthetic', symbols: 5, seed: 7, from: '2026-01-05', to: '2026-11-20' }),
];
const settings = { DAYTRADE_PROVIDER: 'synthetic' } as const;

describe('what is lacking', () => {
  it('counts sessions from the day on, of gaps, after the last bar and of 5-minute bars', () => {
    const gaps = [
      { from: day('10-01'), to: day('10-02'), sessions: 2 },
      { from: day('10-29'), to: day('11-04'), sessions: 4 },
    ];
    const within = { bars: 9, sessions: 3, firstDate: day('11-02'), lastBar: '2026-11-20T06:35:00Z' };
    const intraday = { ...within, gaps: [{ from: day('11-09'), to: day('11-09'), sessions: 1 }], missingSessions: 1 };
    const symbols = [
      health('7203', 'csv', { gaps, sessionsBehind: 1, intraday }),
      health('6758', 'csv', { gaps: gaps.slice(0, 1) }),
      health('9984', 'csv', { gaps: [], damage: 'not a whole parquet file' }),
    ];
    expect(lackingBars({ symbols, barsAge: null }, from)).toEqual([
      { symbol: '7203', dailySessions: 3, intradaySessions: 1, damage: null },
      { symbol: '9984', dailySessions: 0, intradaySessions: 0, damage: 'not a whole parquet file' },
    ]);
  });
});

describe('the plan of a repair', () => {
  it('asks the source that bars came from, as it was asked before', () => {
    const lacking = [health('7203', 'jquants'), health('6758', 'csv'), health('0101', 'synthetic')];
    expect(repairPlan(lacking, from, fetches, settings)).toEqual({
      steps: [
        {
          request: { provider: 'synthetic', symbols: 5, seed: 7, from: '2026-01-05', fiveMinuteSessions: 120 },
          source: 'the synthetic exchange, seed 7',
          symbols: ['0101'],
        },
        {
          request: { provider: 'jquants', symbols: ['7203'], from, again: true },
          source: 'J-Quants',
          symbols: ['7203'],
        },
        { request: { provider: 'csv', folder: '/bars/new' }, source: '/bars/new', symbols: ['6758'] },
        {
          request: { provider: 'csv', folder: '/bars/old', priceBasis: 'traded' },
          source: '/bars/old',
          symbols: ['6758'],
        },
      ],
      withoutSource: [],
    });
  });

  it('asks the provider of the settings for the whole of a damaged file, from its first bar on', () => {
    const damaged = health('7203', null, { damage: 'not a whole parquet file' });
    const { steps } = repairPlan([damaged], from, [], { DAYTRADE_PROVIDER: 'jquants' });
    expect(steps).toMatchObject([{ request: { provider: 'jquants', symbols: ['7203'], from: '2026-06-01' } }]);
  });

  it('names the symbols of which no source is remembered', () => {
    expect(repairPlan([health('6758', 'csv')], from, [], settings)).toEqual({ steps: [], withoutSource: ['6758'] });
  });
});

describe('the report of a repair', () => {
  const before = { symbol: '7203', dailySessions: 2, intradaySessions: 0, damage: null };
  const step = { request: { provider: 'jquants' } as const, source: 'J-Quants', symbols: ['7203'] };

  it('says of a dry run that nothing was fetched', () => {
    const steps = [{ ...step, barsAdded: 0, barsChanged: 0 }];
    const text = repairReport({ from, dryRun: true, steps, symbols: [{ before, after: before }], withoutSource: [] });
    expect(text).toContain('Would ask J-Quants again for 1 symbol.\nNothing was fetched: leave out --dry-run.');
  });

  it('shows what was filled and what stays missing', () => {
    const steps = [{ ...step, barsAdded: 1, barsChanged: 0 }];
    const after = { ...before, dailySessions: 1 };
    const text = repairReport({ from, dryRun: false, steps, symbols: [{ before, after }], withoutSource: ['6758'] });
    expect(text).toMatch(/7203 +2 → 1 +0 +whole/);
    expect(text).toContain('J-Quants: 1 bar added, 0 changed.\nOf 6758 no source is remembered: get their files again');
    expect(text).toContain('1 session still without bars: their sources have none, and none are made up.');
    const nothing = { from, dryRun: false, steps: [], symbols: [], withoutSource: [] };
    expect(repairReport(nothing)).toBe('Nothing is missing from 2026-11-02 on.');
  });
});
