import { beginsBeforeItEnds, calendarRange } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import {
  addDays,
  addSessions,
  dateOfDayNumber,
  hasBegun,
  instantOf,
  isSession,
  japanDate,
  japanTime,
  lastClosedSession,
  newestIndexDay,
  previousSession,
  type TradeDate,
} from '@daytrade/market';
import { type BarColumns, barValues, type IntradayColumns } from '@daytrade/series';
import { z } from 'zod';
import type { BarProvider, BarSource, SourceList, SourceRows, StoredIntraday, SymbolMaster } from '../../provider.ts';
import { type ProviderContext, type ProviderDefinition, sharedOptions } from '../definition.ts';
import { syntheticAnnouncements } from './companies.ts';
import { createSyntheticExchange, type SyntheticExchange } from './synthetic-exchange.ts';

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

interface SyntheticProviderOptions {
  readonly seed: number;
  readonly symbols: number;
  /** Default: the first session of the synthetic exchange. */
  readonly from?: TradeDate | undefined;
  readonly to: TradeDate;
  /** 5-minute bars beside the daily ones; none where left out. */
  readonly intraday?: SyntheticIntradayOptions | undefined;
}

interface SyntheticIntradayOptions {
  /** Number of newest sessions. */
  readonly sessions: number;
  /** Those that have ended by this instant, milliseconds since 1970 UTC: of a running session the bars so far. */
  readonly until: number;
  readonly stored: StoredIntraday;
}

/**
 * The synthetic exchange as a source of bars: the daily ones of every symbol, then those 5-minute bars of the newest
 * sessions that are not stored. Its symbols and bars are marked as synthetic wherever they go.
 */
export class SyntheticProvider implements BarProvider {
  readonly name = 'synthetic';
  readonly synthetic = true;
  readonly #exchange: SyntheticExchange;
  readonly #options: SyntheticProviderOptions;

  /** @throws DayTradeError `input.invalid` for a seed or a number of symbols that the exchange cannot have */
  constructor(options: SyntheticProviderOptions) {
    const { seed, symbols, from } = options;
    this.#options = options;
    this.#exchange = createSyntheticExchange({ seed, symbols, ...(from === undefined ? {} : { start: from }) });
  }

  list(): Promise<SourceList> {
    const { seed, intraday } = this.#options;
    const symbols = this.#exchange.symbols.map(({ symbol }) => symbol);
    const file = `synthetic exchange, seed ${seed}`;
    const daily = symbols.map((symbol) => ({ symbol, interval: '1d' as const, file }));
    const within = symbols.map((symbol) => ({ symbol, interval: '5m' as const, file: `${file}, 5-minute bars` }));
    const hasIntraday = intraday !== undefined && intraday.sessions > 0;
    return Promise.resolve({ sources: hasIntraday ? [...daily, ...within] : daily, skipped: [] });
  }

  async read({ symbol, interval, file }: BarSource): Promise<SourceRows> {
    const { intraday, to } = this.#options;
    if (interval === '5m' && intraday !== undefined) {
      const { times, ...values } = await this.#missing(symbol, intraday);
      const timeText = (time: number) => `${japanDate(time)} ${japanTime(time)}+09:00`;
      return { ...this.#source(symbol, file), interval, times, ...rowsOf(times, values, timeText) };
    }
    const { days, ...values } = this.#exchange.bars(symbol, this.#exchange.start, to);
    const times = Float64Array.from(days);
    const announcements = syntheticAnnouncements(symbol, this.#exchange.start, to);
    const rows = rowsOf(times, values, dateOfDayNumber);
    return { ...this.#source(symbol, file), interval: '1d', times, announcements, ...rows };
  }

  #source(symbol: BarSource['symbol'], file: string) {
    return { master: this.#masterOf(symbol), file, priceBasis: 'traded', malformed: [], rowsWithoutTrade: 0 } as const;
  }

  #masterOf(symbol: BarSource['symbol']): SymbolMaster {
    const { priceBasis: _, ...master } = this.#exchange.symbols.find((listed) => listed.symbol === symbol)!;
    return master;
  }

  /** 5-minute bars that are not stored. */
  async #missing(
    symbol: BarSource['symbol'],
    { sessions, until, stored }: SyntheticIntradayOptions,
  ): Promise<IntradayColumns> {
    const to = newestSession(until);
    const range = { from: addSessions(to, 1 - sessions), to };
    const bars = this.#exchange.intradayBars(symbol, range, until);
    const known = new Set(await stored(symbol, range));
    const isMissing = (_: number, row: number) => !known.has(bars.times[row]!);
    return { times: bars.times.filter(isMissing), ...barValues((name) => bars[name].filter(isMissing)) };
  }
}

type Values = Omit<BarColumns, 'days'>;

function rowsOf(times: Float64Array, values: Values, timeText: (time: number) => string) {
  const { open, high, low, close, volume } = values;
  return {
    ...values,
    lines: Int32Array.from(times, (_, row) => row + 1),
    rowText: (row: number) =>
      [timeText(times[row]!), open[row], high[row], low[row], close[row], volume[row]].join(','),
  };
}

function newestSession(instant: number): TradeDate {
  const date = japanDate(instant);
  return isSession(date) && hasBegun(date, instant) ? date : previousSession(date);
}
