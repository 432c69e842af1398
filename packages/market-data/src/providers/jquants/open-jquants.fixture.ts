import type { OpenProvider } from '../../testing/provider.suite.ts';
import type { SimulatedClock } from '../../testing/simulated-clock.ts';
import { TokenBucket } from '../network/token-bucket.ts';
import { JQuantsClient } from './client.ts';
import { JQuantsProvider, type JQuantsProviderOptions } from './jquants-provider.ts';
import { MinuteBars } from './minute-bars.ts';
import { firstDayOf, jquantsPlans, minuteRequestsPerMinute } from './plans.ts';

type OwnOptions = Omit<JQuantsProviderOptions, 'client' | 'range' | 'stored' | 'minutes'>;

export interface OpenJQuantsOptions extends Partial<OwnOptions> {
  readonly url: string;
  readonly clock: SimulatedClock;
  readonly apiKey: string;
  readonly range: JQuantsProviderOptions['range'];
  /** Of how many sessions minute bars are fetched; default: none. */
  readonly minuteSessions?: number | undefined;
}

/** The provider on a server of the test, with the records of the sinks as what is stored. */
export function openJQuants({
  url,
  clock,
  apiKey,
  range,
  plan = jquantsPlans.light,
  minuteSessions: sessions = 0,
  ...rest
}: OpenJQuantsOptions): OpenProvider {
  const clientWith = (requestsPerMinute: number) =>
    new JQuantsClient({
      baseUrl: url,
      apiKey: () => Promise.resolve(apiKey),
      bucket: new TokenBucket(requestsPerMinute, clock),
      now: clock.now,
      timeoutMilliseconds: 4_000,
    });
  return async (sinks) => {
    const client = clientWith(plan.requestsPerMinute);
    const ofAddOn = { client: clientWith(minuteRequestsPerMinute), stored: sinks.storedIntraday };
    return new JQuantsProvider({
      client,
      plan,
      symbols: 'topix500',
      range,
      isFromGiven: false,
      firstDay: firstDayOf(plan, clock.now()),
      priceBasis: 'split-adjusted',
      stored: async (symbol) => sinks.records.get(symbol),
      minutes: sessions === 0 ? undefined : new MinuteBars({ ...ofAddOn, sessions }),
      ...rest,
    });
  };
}
