import { DayTradeError, type ErrorCode } from '@daytrade/errors';
import { parseSymbol, parseTradeDate, type SymbolCode } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { BarProvider, BarSource } from '../provider.ts';
import { SyntheticProvider } from '../synthetic-provider.ts';
import { SimulatedClock } from '../testing/simulated-clock.ts';
import { DataFetcher } from './data-fetcher.ts';
import type { Fallback } from './fallback.ts';
import { MemorySinks } from './memory-sinks.fixture.ts';

const codes = ['0101', '0102', '0103', '0104', '0105'].map((code) => parseSymbol(code));
const range = { from: parseTradeDate('2025-01-06'), to: parseTradeDate('2025-01-31') };

interface Given {
  readonly fails?: (source: BarSource) => ErrorCode | undefined;
  readonly cannotList?: boolean;
  readonly priceBasis?: 'traded' | 'split-adjusted';
  readonly intraday?: boolean;
  readonly notes?: readonly string[];
}

/** Bars of the synthetic exchange, under the name of a provider that fails at some symbols. */
function provider(name: string, given: Given = {}, symbols: readonly SymbolCode[] = codes): BarProvider {
  const { fails = () => undefined, cannotList = false, priceBasis = 'split-adjusted', intraday = false, notes } = given;
  const exchange = new SyntheticProvider({ seed: 1, symbols: 5, ...range });
  return {
    name,
    synthetic: false,
    incremental: true,
    list: async () => {
      if (cannotList) throw new DayTradeError('data.provider-failed', `${name} is away`);
      const daily = symbols.map((symbol) => ({ symbol, interval: '1d' as const, file: `${name}/${symbol}` }));
      const minutes = intraday ? [{ symbol: codes[0]!, interval: '5m' as const, file: `${name}/minutes` }] : [];
      return { sources: [...daily, ...minutes], skipped: [], notes };
    },
    read: async (source) => {
      const code = fails(source);
      if (code !== undefined) throw new DayTradeError(code, `${source.file}: ${code}`);
      const rows = await exchange.read({ symbol: source.symbol, interval: '1d', file: source.file });
      return { ...rows, priceBasis };
    },
  };
}

async function fetchFrom(first: BarProvider, fallbacks: readonly Fallback[], sinks = new MemorySinks()) {
  const clock = new SimulatedClock('2025-02-03T12:00:00Z');
  const sources: Record<string, string> = {};
  const mergeMany = sinks.bars.mergeMany.bind(sinks.bars);
  const bars = {
    ...sinks.bars,
    mergeMany: (...[several, provenance]: Parameters<typeof mergeMany>) => {
      for (const { symbol } of several) sources[symbol] = provenance.source;
      return mergeMany(several, provenance);
    },
  };
  const { symbols, factors, quarantine, shareCounts, announcements } = sinks;
  const fetcher = new DataFetcher({
    sinks: { bars, symbols, factors, quarantine, shareCounts, announcements },
    now: clock.now,
    pause: clock.pause,
  });
  const failover = { fallbacks, wanted: async () => codes };
  return { result: await fetcher.fetch(first, { failover }), sources, sinks };
}

/** Fallbacks, with the symbols that each was asked for. */
function fallback(name: string, given: Given = {}) {
  const asked: string[][] = [];
  const lacking: string[][] = [];
  const open = (symbols: readonly SymbolCode[]) => {
    asked.push([...symbols]);
    return provider(name, given, symbols);
  };
  return { name, open, asked, lacking, onLacking: (symbols: readonly SymbolCode[]) => void lacking.push([...symbols]) };
}

const failsAt = (code: ErrorCode, ...symbols: readonly string[]): Given => ({
  fails: ({ symbol }) => (symbols.includes(symbol) ? code : undefined),
});

describe('a symbol that a provider does not give', () => {
  it('is asked of the next, and its bars have the name of who gave them', async () => {
    const second = fallback('second', { ...failsAt('data.symbol-unknown', '0104'), notes: ['second is unofficial'] });
    const third = fallback('third');
    const first = provider('first', failsAt('data.provider-refused', '0102', '0104'));
    const { result, sources } = await fetchFrom(first, [second, third]);
    expect([second.asked, third.asked]).toEqual([[['0102', '0104']], [['0104']]]);
    expect(second.lacking).toEqual([['0104']]);
    expect(sources).toEqual({ '0101': 'first', '0102': 'second', '0103': 'first', '0104': 'third', '0105': 'first' });
    expect(result).toMatchObject({ provider: 'first', symbols: 5, filesRefused: [] });
    expect(result.notes).toEqual([
      'second is unofficial',
      expect.stringMatching(/^from second, .*: 0102 \(1\); first\/0102: data\.provider-refused$/),
      expect.stringMatching(/^from third, .*: 0104 \(1\);/),
    ]);
  });

  it('stays refused, by the words of the first, where nobody has it', async () => {
    const nobody = failsAt('data.symbol-unknown', '0102');
    const { result } = await fetchFrom(provider('first', nobody), [fallback('second', nobody)]);
    expect(result.filesRefused).toEqual([{ file: 'first/0102', message: 'first/0102: data.symbol-unknown' }]);
  });

  it('keeps the refusal of a damaged file and of 5-minute bars, whoever gives the daily ones', async () => {
    const damaged = provider('first', {
      intraday: true,
      fails: ({ symbol, interval }) => (symbol === '0103' || interval === '5m' ? 'data.file-unreadable' : undefined),
    });
    const second = fallback('second');
    const { result, sources } = await fetchFrom(damaged, [second]);
    expect(second.asked).toEqual([['0103']]);
    expect(sources['0103']).toBe('second');
    expect(result.filesRefused.map(({ file }) => file)).toEqual(['first/0103', 'first/minutes']);
  });

  it('is not joined with prices of another basis, which is said', async () => {
    const sinks = new MemorySinks();
    await fetchFrom(provider('first'), [], sinks);
    const before = structuredClone(sinks.stored);
    const other = fallback('second', { priceBasis: 'traded' });
    const { result } = await fetchFrom(provider('first', failsAt('data.provider-refused', '0102')), [other], sinks);
    expect(result.filesRefused).toMatchObject([
      { file: 'second/0102', message: expect.stringContaining('the prices are traded') },
      { file: 'first/0102' },
    ]);
    expect(sinks.stored).toEqual(before);
  });
});

describe('a provider that fails as a whole', () => {
  it('has all that is wanted asked of the next', async () => {
    const { result, sources } = await fetchFrom(provider('first', { cannotList: true }), [fallback('second')]);
    expect(new Set(Object.values(sources))).toEqual(new Set(['second']));
    expect(result).toMatchObject({ symbols: 5, filesRefused: [] });
  });

  it('in the middle has the rest asked of the next', async () => {
    const first = provider('first', failsAt('data.provider-failed', '0102', '0103', '0104', '0105'));
    const second = fallback('second');
    const { sources } = await fetchFrom(first, [second]);
    expect(second.asked).toEqual([['0102', '0103', '0104', '0105']]);
    expect(sources).toMatchObject({ '0101': 'first', '0105': 'second' });
  });

  it('fails the fetch where nobody gives anything', async () => {
    const away = { cannotList: true };
    await expect(fetchFrom(provider('first', away), [fallback('second', away)])).rejects.toThrow('first is away');
    await expect(fetchFrom(provider('first', away), [{ name: 'none', open: () => undefined }])).rejects.toThrow('away');
  });
});
