import { beginsBeforeItEnds, type Settings, universeIn } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { addDays, parseSymbol } from '@daytrade/market';
import { z } from 'zod';
import {
  type ProviderContext,
  type ProviderDefinition,
  sharedOptions,
  symbolFields,
  universeQuestion,
} from '../definition.ts';
import { joinedSymbols, newestReadySession, storedOf } from '../network/missing-bars.ts';
import { YahooClient, yahooRequestsPerMinute } from './client.ts';
import { YahooProvider } from './yahoo-provider.ts';

const yahooRequest = z
  .strictObject({
    provider: z.literal('yahoo'),
    ...symbolFields,
    unofficial: z
      .literal(true)
      .optional()
      .describe('Confirms that the source is known to be unofficial; needed unless DAYTRADE_YAHOO_USE is on'),
  })
  .superRefine(beginsBeforeItEnds);
type YahooRequest = z.infer<typeof yahooRequest>;

const daysOfHistory = 3_652;
/** Milliseconds before an update asks again for symbols without a new bar. */
const retryAfter = 3_600_000;

export const yahoo: ProviderDefinition<YahooRequest> = {
  name: 'yahoo',
  title: 'Yahoo Finance, an unofficial source',
  request: yahooRequest,
  settings: ['DAYTRADE_UNIVERSE', 'DAYTRADE_YAHOO_USE', 'DAYTRADE_YAHOO_URL'],
  help: `yahoo: daily bars of Yahoo Finance, an unofficial source in your own responsibility: it promises nothing, and
its terms say what may be done with its data. It is off until DAYTRADE_YAHOO_USE is on, or for one fetch with
--unofficial. It takes codes, one request each, and has no index members. Splits and dividends come with the bars.`,
  options: [
    sharedOptions.symbols,
    sharedOptions.basis,
    { flags: '--unofficial', help: 'known to be an unofficial source, for this fetch', field: 'unofficial' },
    sharedOptions.from,
    sharedOptions.to,
  ],
  setup: {
    note: 'Yahoo Finance is an unofficial source: whether you may use its data is your responsibility.',
    settings: { DAYTRADE_YAHOO_USE: 'on' },
    questions: [
      {
        ...universeQuestion,
        fault: (answer) =>
          'universe' in universeIn(answer)
            ? 'expected codes, as 7203,6758, since Yahoo does not know the members of an index'
            : undefined,
      },
    ],
    firstFetch: ({ DAYTRADE_UNIVERSE: universe }) => `fetches the bars of ${universe}`,
  },
  incremental: true,
  listedBeforeRun: false,
  open,
  defaults: ({ symbols }, settings) => ({ symbols: symbols ?? codesIn(settings) }),
  lacking: ({ DAYTRADE_YAHOO_USE: use }) =>
    use === 'on'
      ? undefined
      : 'expected DAYTRADE_YAHOO_USE="on" as well, since Yahoo Finance is an unofficial source, whose use is your ' +
        'responsibility',
  configured: () => ({ provider: 'yahoo' }),
  repeated: (given, settings) => {
    // A repair is of symbols that came with another fetch.
    if (given.again === true) return undefined;
    // An update goes on where the bars end.
    const { from: _from, to: _to, ...rest } = given;
    const { symbols = codesIn(settings) } = given;
    const request = { ...rest, ...(symbols === undefined ? {} : { symbols }) };
    return { name: ['yahoo', request.priceBasis ?? ''].join(' ').trim(), request };
  },
  joined: joinedSymbols,
  hasNews: async ({ symbols }, fetchedAt, { now, symbols: stored }) => {
    const { behind, upToDate } = await storedOf(symbols, stored, newestReadySession(now()));
    // Symbols are asked for one by one: an update that was cut off leaves some behind.
    return upToDate.length === 0 || (behind.length > 0 && now() - fetchedAt >= retryAfter);
  },
  repair: ({ symbols, from }, earlier) => {
    const acknowledged = earlier.find(({ unofficial }) => unofficial === true)?.unofficial;
    const request: YahooRequest = { provider: 'yahoo', symbols: [...symbols], again: true, from };
    return [
      {
        request: acknowledged === undefined ? request : { ...request, unofficial: acknowledged },
        source: 'Yahoo Finance',
      },
    ];
  },
};

function open(request: YahooRequest, { settings, symbols: stored, now, bucket }: ProviderContext): YahooProvider {
  if (settings.DAYTRADE_YAHOO_USE === 'off' && request.unofficial !== true) throw notAcknowledged();
  const newest = newestReadySession(now());
  const { from = addDays(newest, -daysOfHistory), to = newest } = request;
  if (to > newest) {
    const expected = `expected a day up to ${newest}, whose session has been over for an hour`;
    throw new DayTradeError('input.invalid', `to: ${expected}, got ${JSON.stringify(to)}`);
  }
  const baseUrl = settings.DAYTRADE_YAHOO_URL;
  return new YahooProvider({
    client: new YahooClient({ baseUrl, bucket: bucket('yahoo', yahooRequestsPerMinute), now }),
    symbols: symbolsOf(request, settings).map((symbol) => parseSymbol(symbol)),
    range: { from, to },
    isFromGiven: request.from !== undefined,
    isAgain: request.again,
    priceBasis: request.priceBasis ?? 'split-adjusted',
    stored: (symbol) => stored.find(symbol),
  });
}

function codesIn({ DAYTRADE_UNIVERSE: setting }: Settings): string[] | undefined {
  const asked = universeIn(setting);
  return 'symbols' in asked ? asked.symbols : undefined;
}

function symbolsOf({ symbols }: YahooRequest, settings: Settings): readonly string[] {
  const asked = symbols ?? codesIn(settings);
  if (asked !== undefined) return asked;
  const { DAYTRADE_UNIVERSE: universe } = settings;
  throw new DayTradeError(
    'input.invalid',
    `symbols: expected codes, as 7203,6758, since Yahoo does not know the members of ${universe}; name them, or set ` +
      'DAYTRADE_UNIVERSE to them',
  );
}

function notAcknowledged(): DayTradeError {
  return new DayTradeError(
    'settings.invalid',
    'DAYTRADE_YAHOO_USE="off": expected "on", or --unofficial for one fetch. Yahoo Finance is an unofficial source: ' +
      'it promises nothing, and whether you may use its data is your responsibility',
  );
}
