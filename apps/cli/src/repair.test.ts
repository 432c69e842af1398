import type { FetchRequest, SymbolHealth } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { providerRequestSchema } from '@daytrade/market-data';
import { expect, it } from 'vitest';
import { repairPlan } from './repair.ts';

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

const requests: readonly FetchRequest[] = [
  { provider: 'csv', folder: '/bars/new' },
  { provider: 'csv', folder: '/bars/old', priceBasis: 'traded' },
  { provider: 'csv', folder: '/bars/old' },
  { provider: 'csv', upload: 'a'.repeat(64) },
  { provider: 'csv', folder: '/bars/tried', dryRun: true },
  { provider: 'synthetic', symbols: 5, seed: 7, from: '2026-01-05', to: '2026-11-20' },
].map((request) => providerRequestSchema.parse(request));
const settings = { DAYTRADE_PROVIDER: 'synthetic' } as const;
const jquants = { provider: 'jquants', symbols: ['7203'], again: true } as const;

it('asks each source that bars came from, as it was asked before', () => {
  const lacking = [health('7203', 'jquants'), health('6758', 'csv'), health('0101', 'synthetic')];
  expect(repairPlan(lacking, undefined, requests, settings)).toEqual({
    steps: [
      { request: { ...jquants, from: '2026-11-04' }, source: 'J-Quants' },
      { request: { provider: 'csv', folder: '/bars/new' }, source: '/bars/new' },
      { request: { provider: 'csv', folder: '/bars/old', priceBasis: 'traded' }, source: '/bars/old' },
      {
        request: { provider: 'synthetic', symbols: 5, seed: 7, from: '2026-01-05', fiveMinuteSessions: 120 },
        source: 'the synthetic exchange, seed 7',
      },
    ],
    withoutSource: [],
  });
});

it.each<[string, Partial<SymbolHealth>, string | undefined, string]>([
  ['that is given', {}, '11-02', '2026-11-02'],
  ['after the last bar of a symbol that is late', { gaps: [], sessionsBehind: 2 }, undefined, '2026-11-20'],
  ['of the file, of which nothing is missing', { gaps: [] }, undefined, '2026-06-01'],
  ['of the file that is damaged', { damage: 'not a whole parquet file' }, '11-02', '2026-06-01'],
])('asks from the day %s', (_, more, from, first) => {
  const asked = [health('7203', 'jquants', more)];
  const { steps } = repairPlan(asked, from === undefined ? undefined : day(from), [], settings);
  expect(steps).toEqual([{ request: { ...jquants, from: first }, source: 'J-Quants' }]);
});

it('asks the provider of the settings where the source is unknown, and Yahoo as somebody did before', () => {
  const unknown = health('7203', null, { damage: 'not a whole parquet file' });
  const { steps } = repairPlan([unknown], undefined, [], { DAYTRADE_PROVIDER: 'jquants' });
  expect(steps).toMatchObject([{ request: jquants }]);
  const before = providerRequestSchema.parse({ provider: 'yahoo', symbols: ['7203'], unofficial: true });
  expect(repairPlan([health('7203', 'yahoo')], undefined, [before], settings).steps).toMatchObject([
    { request: { provider: 'yahoo', unofficial: true, again: true } },
  ]);
});

it('names the symbols without a known source', () => {
  expect(repairPlan([health('6758', 'csv')], undefined, [], settings)).toEqual({ steps: [], withoutSource: ['6758'] });
});
