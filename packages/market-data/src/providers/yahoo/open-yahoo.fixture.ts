import { parseSymbol } from '@daytrade/market';
import type { OpenProvider } from '../../testing/provider.suite.ts';
import type { SimulatedClock } from '../../testing/simulated-clock.ts';
import { TokenBucket } from '../network/token-bucket.ts';
import { YahooClient, yahooRequestsPerMinute } from './client.ts';
import { YahooProvider, type YahooProviderOptions } from './yahoo-provider.ts';

interface OpenYahooOptions extends Pick<YahooProviderOptions, 'range'> {
  readonly url: string;
  readonly clock: SimulatedClock;
  readonly symbols: readonly string[];
  readonly priceBasis?: YahooProviderOptions['priceBasis'] | undefined;
}

/** The provider on a server of the test, with the records of the sinks as what is stored. */
export function openYahoo({
  url,
  clock,
  symbols,
  range,
  priceBasis = 'split-adjusted',
}: OpenYahooOptions): OpenProvider {
  return async (sinks) =>
    new YahooProvider({
      client: new YahooClient({
        baseUrl: url,
        bucket: new TokenBucket(yahooRequestsPerMinute, clock),
        now: clock.now,
        timeoutMilliseconds: 4_000,
      }),
      symbols: symbols.map((symbol) => parseSymbol(symbol)),
      range,
      isFromGiven: false,
      priceBasis,
      stored: async (symbol) => sinks.records.get(symbol),
    });
}
