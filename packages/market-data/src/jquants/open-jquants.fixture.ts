import type { OpenProvider } from '../testing/provider.suite.ts';
import type { SimulatedClock } from '../testing/simulated-clock.ts';
import { JQuantsClient } from './client.ts';
import { JQuantsProvider, type JQuantsProviderOptions } from './jquants-provider.ts';
import { jquantsPlans } from './plans.ts';
import { TokenBucket } from './token-bucket.ts';

export interface OpenJQuantsOptions extends Partial<Omit<JQuantsProviderOptions, 'client' | 'range' | 'stored'>> {
  readonly url: string;
  readonly clock: SimulatedClock;
  readonly apiKey: string;
  readonly range: JQuantsProviderOptions['range'];
}

/** The provider on a server of the test, with the records of the sinks as what is stored. */
export function openJQuants({
  url,
  clock,
  apiKey,
  range,
  plan = jquantsPlans.light,
  ...rest
}: OpenJQuantsOptions): OpenProvider {
  return async (sinks) =>
    new JQuantsProvider({
      client: new JQuantsClient({
        baseUrl: url,
        apiKey: () => Promise.resolve(apiKey),
        bucket: new TokenBucket(plan.requestsPerMinute, clock),
        now: clock.now,
        timeoutMilliseconds: 1_000,
      }),
      plan,
      symbols: 'topix500',
      range,
      isFromGiven: false,
      isToNewest: true,
      priceBasis: 'split-adjusted',
      stored: async (symbol) => sinks.records.get(symbol),
      ...rest,
    });
}
