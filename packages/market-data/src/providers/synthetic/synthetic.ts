import { beginsBeforeItEnds, calendarRange } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { addDays, instantOf, lastClosedSession, newestIndexDay } from '@daytrade/market';
import { z } from 'zod';
import { type ProviderContext, type ProviderDefinition, sharedOptions } from '../definition.ts';
import { createSyntheticExchange } from './synthetic-exchange.ts';
import { SyntheticProvider } from './synthetic-provider.ts';

const syntheticRequest = z
  .strictObject({
    provider: z.literal('synthetic'),
    symbols: z.int().min(1).max(500).default(40),
    ...calendarRange,
    seed: z.int().min(0).default(20_241_105),
    fiveMinuteSessions: z
      .int()
      .min(0)
      .max(250)
      .default(120)
      .describe('Newest sessions that have 5-minute bars as well'),
  })
  .superRefine(beginsBeforeItEnds);
type SyntheticRequest = z.infer<typeof syntheticRequest>;

/** The seeded synthetic exchange. */
export const synthetic: ProviderDefinition<SyntheticRequest> = {
  name: 'synthetic',
  title: 'the synthetic exchange',
  request: syntheticRequest,
  settings: [],
  help: `synthetic: the seeded synthetic exchange makes bars with the exchange's calendar, ticks, lots and limits,
volatility clusters and a weak known signal. The newest sessions also have 5-minute bars; of a running session those
that have ended. Everything made from them is labelled synthetic.`,
  options: [
    {
      flags: '--count <symbols>',
      help: 'number of symbols; default: 40',
      field: 'symbols',
      kind: { min: 1, max: 500 },
    },
    {
      flags: '--seed <number>',
      help: 'the same seed makes the same bars; default: 20241105',
      field: 'seed',
      kind: { min: 0, max: 2 ** 31 },
    },
    {
      flags: '--five-minute-sessions <number>',
      help: 'newest sessions with 5-minute bars; default: 120',
      field: 'fiveMinuteSessions',
      kind: { min: 0, max: 250 },
    },
    sharedOptions.from,
    sharedOptions.to,
  ],
  setup: {
    note: 'The synthetic exchange makes bars by itself; everything made from them is labelled synthetic.',
    questions: [],
  },
  incremental: false,
  synthetic: true,
  listedBeforeRun: true,
  open,
  configured: () => undefined,
  // An update goes on to the newest session.
  repeated: (request) => ({ name: 'synthetic', request: withoutEnd(request) }),
  hasNews: () => Promise.resolve(true),
  repair: (_bars, [newest]) => {
    if (newest === undefined) return [];
    const request = withoutEnd(newest);
    return [{ request, source: `the synthetic exchange, seed ${request.seed}` }];
  },
  syntheticIndex: (request, now) => ({
    name: 'nasdaq',
    values: exchangeOf(request).newYork(newestIndexDay('nasdaq', now)),
  }),
};

function withoutEnd({ to: _to, ...request }: SyntheticRequest): SyntheticRequest {
  return request;
}

function exchangeOf({ seed, symbols, from }: SyntheticRequest) {
  return createSyntheticExchange({ seed, symbols, ...(from === undefined ? {} : { start: from }) });
}

/** Daily bars end with the last closed session and 5-minute bars now, unless the request says `to`. */
function open(
  { symbols, seed, from, to, fiveMinuteSessions }: SyntheticRequest,
  { now, storedIntraday: stored }: ProviderContext,
): SyntheticProvider {
  const last = lastClosedSession(now());
  if (to !== undefined && to > last) {
    const expected = `a day up to the last closed session, ${last}`;
    throw new DayTradeError('input.invalid', `to: expected ${expected}, got ${JSON.stringify(to)}`);
  }
  const until = to === undefined ? now() : instantOf(addDays(to, 1), '00:00');
  const intraday = { sessions: fiveMinuteSessions, until, stored };
  return new SyntheticProvider({ symbols, seed, from, to: to ?? last, intraday });
}
