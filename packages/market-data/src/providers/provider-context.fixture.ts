import { parseSettings } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { SimulatedClock } from '../testing/simulated-clock.ts';
import type { ProviderContext } from './definition.ts';
import { memoryUniverse } from './memory-universe.fixture.ts';
import type { StoredSymbol } from './network/missing-bars.ts';
import { TokenBucket } from './network/token-bucket.ts';

export interface ContextOptions extends Partial<Omit<ProviderContext, 'settings' | 'now' | 'symbols'>> {
  readonly settings?: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly now?: string;
  readonly stored?: readonly StoredSymbol[];
}

/** What the platform gives to a provider: nothing is stored but what a test names. */
export function providerContext({ settings = {}, now, stored = [], ...more }: ContextOptions = {}): ProviderContext {
  const clock = new SimulatedClock(now ?? '2025-06-02T12:00:00Z');
  return {
    settings: parseSettings(settings),
    now: clock.now,
    symbols: {
      find: async (symbol) => stored.find((one) => one.symbol === symbol),
      list: async () => stored,
    },
    intradaySymbols: async () => [],
    storedIntraday: async () => [],
    universe: memoryUniverse(),
    uploads: () => {
      throw new Error('there are no uploads');
    },
    tableText: () => Promise.reject(new Error('there is no parquet file')),
    importRoot: () => undefined,
    machine: 'this machine',
    bucket: (_limit, requestsPerMinute, taken) => new TokenBucket(requestsPerMinute, clock, taken),
    ...more,
  };
}

/** A symbol with real bars up to a day. */
export function storedUpTo(code: string, lastDate: string, more: Partial<StoredSymbol> = {}): StoredSymbol {
  return {
    symbol: parseSymbol(code),
    name: `name of ${code}`,
    sector: null,
    sizeGroup: null,
    tickTable: 'standard',
    lot: 100,
    synthetic: false,
    bars: 100,
    firstDate: parseTradeDate('2024-01-04'),
    lastDate: parseTradeDate(lastDate),
    ...more,
  };
}
