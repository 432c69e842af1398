import {
  beginsBeforeItEnds,
  calendarDateSchema,
  minuteSessionRange,
  namedUniverses,
  type RequestedUniverse,
  type Settings,
  universeIn,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { countSessions, parseSymbol, type TradeDate } from '@daytrade/market';
import { z } from 'zod';
import {
  type ProviderContext,
  type ProviderDefinition,
  sharedOptions,
  symbolFields,
  universeQuestion,
} from '../definition.ts';
import { joinedSymbols, type StoredSymbol, storedOf } from '../network/missing-bars.ts';
import { JQuantsClient } from './client.ts';
import { JQuantsProvider } from './jquants-provider.ts';
import { keyOf, keyQuestion } from './key.ts';
import { listingRecord } from './listing-record.ts';
import { MinuteBars } from './minute-bars.ts';
import { firstDayOf, jquantsPlans, minuteRequestsPerMinute, newestSessionOf } from './plans.ts';
import { topixOfJQuants } from './topix.ts';

const jquantsRequest = z
  .strictObject({
    provider: z.literal('jquants'),
    ...symbolFields,
    universe: z
      .enum(namedUniverses)
      .optional()
      .describe("In the place of `symbols`: today's members of an index; default: DAYTRADE_UNIVERSE"),
    formerMembers: z
      .literal(true)
      .optional()
      .describe('With a universe: also members of one of the days who have left since, listed or not'),
    listingsFrom: calendarDateSchema
      .optional()
      .describe(
        'Also reads listings and memberships of the first session of each month from this day on, where unknown',
      ),
    minuteSessions: z
      .int()
      .min(minuteSessionRange.min)
      .max(minuteSessionRange.max)
      .optional()
      .describe(
        'Number of newest sessions whose minute bars are fetched as 5-minute bars; needs the add-on. ' +
          'Default: DAYTRADE_JQUANTS_MINUTE_SESSIONS',
      ),
  })
  .refine(({ symbols, universe }) => symbols === undefined || universe === undefined, {
    path: ['universe'],
    message: 'expected either "symbols" or "universe"',
  })
  .refine(({ symbols, formerMembers }) => symbols === undefined || formerMembers === undefined, {
    path: ['formerMembers'],
    message: 'expected it without "symbols"',
  })
  .superRefine(beginsBeforeItEnds);
type JQuantsRequest = z.infer<typeof jquantsRequest>;

/** `daytrade setup` tries the key with a request of its own, and most people fetch right after it. */
const requestsOfSetup = 1;

export const jquants: ProviderDefinition<JQuantsRequest> = {
  name: 'jquants',
  title: 'J-Quants',
  request: jquantsRequest,
  settings: [
    'DAYTRADE_UNIVERSE',
    'DAYTRADE_JQUANTS_PLAN',
    'DAYTRADE_JQUANTS_MINUTE_SESSIONS',
    'DAYTRADE_JQUANTS_URL',
    'DAYTRADE_JQUANTS_API_KEY',
    'DAYTRADE_JQUANTS_API_KEY_FILE',
  ],
  help: `jquants: daily bars of J-Quants, the data service of the exchange. It needs an API key in
DAYTRADE_JQUANTS_API_KEY, or in the file of DAYTRADE_JQUANTS_API_KEY_FILE, and the plan in DAYTRADE_JQUANTS_PLAN. It
asks only for what is not stored, so the same command is the daily update. Prices are adjusted for splits, not for
dividends; with --basis traded they are as traded. Dividends come from company reports and are stored apart. The plans
give 2, 5, 10 and 20 years of history. The free plan allows 5 requests a minute, two hours for the TOPIX500, and holds
bars back for 12 weeks; the light plan takes ten minutes. With the add-on for minute bars, --minute-sessions or
DAYTRADE_JQUANTS_MINUTE_SESSIONS is the number of newest sessions whose minute bars are fetched as 5-minute bars.
J-Quants has them after the session: forecasts within a running day need another source. The exit code is 2 when a
symbol was refused; the others are stored.

Each fetch from J-Quants records listings and index members, for \`symbols universe\`. With --listings-from it also
records those of the first session of each month from that day on, one request each, where they are unknown. With
--former-members it also fetches and updates members of one of the days that have left since. A delisted symbol is
fetched up to its last session, and then no more.`,
  options: [
    sharedOptions.symbols,
    {
      flags: '--universe <name>',
      help: "today's members of topix100 or topix500; default: DAYTRADE_UNIVERSE",
      field: 'universe',
    },
    { flags: '--former-members', help: 'also members of these days who have left since', field: 'formerMembers' },
    {
      flags: '--listings-from <date>',
      help: 'also read who was listed, month by month from this day on',
      field: 'listingsFrom',
    },
    sharedOptions.basis,
    {
      flags: '--minute-sessions <number>',
      help: 'newest sessions with minute bars, which need the add-on',
      field: 'minuteSessions',
      kind: minuteSessionRange,
    },
    sharedOptions.from,
    sharedOptions.to,
  ],
  setup: {
    questions: [
      {
        flags: '--plan <plan>',
        help: 'jquants: free, light, standard or premium',
        setting: 'DAYTRADE_JQUANTS_PLAN',
        question: 'Which plan of J-Quants do you have? free, light, standard, premium',
      },
      universeQuestion,
      {
        flags: '--minutes <sessions>',
        help: 'jquants: newest sessions with minute bars, which need the add-on; 0 for none',
        setting: 'DAYTRADE_JQUANTS_MINUTE_SESSIONS',
        question: 'Minute bars of how many of the newest sessions? They need the add-on of J-Quants; 0 without it',
        leavesDefault: true,
      },
    ],
    key: keyQuestion,
    firstFetch: ({ DAYTRADE_UNIVERSE: universe }) => `fetches the bars of ${universe}`,
  },
  incremental: true,
  listedBeforeRun: false,
  open,
  defaults: ({ symbols, universe }, { DAYTRADE_UNIVERSE: setting }) =>
    symbols === undefined && universe === undefined ? { ...universeIn(setting) } : {},
  configured: () => ({ provider: 'jquants' }),
  repeated: (given, settings) => {
    // A repair is of symbols that came with another fetch.
    if (given.again === true) return undefined;
    // An update goes on where the bars end.
    const { from: _from, to: _to, listingsFrom: _listings, formerMembers, ...rest } = given;
    const asked = askedOf(given, settings);
    const basis = rest.priceBasis === undefined ? [] : [rest.priceBasis];
    if ('symbols' in asked) return { name: ['jquants', 'symbols', ...basis].join(' '), request: { ...rest, ...asked } };
    return { name: ['jquants', asked.universe, ...basis].join(' '), request: { ...rest, ...asked, formerMembers } };
  },
  joined: (newer, older) =>
    newer.symbols === undefined
      ? { ...newer, formerMembers: newer.formerMembers ?? older.formerMembers }
      : joinedSymbols(newer, older),
  hasNews,
  repair: ({ symbols, from }) => [
    { request: { provider: 'jquants', symbols: [...symbols], again: true, from }, source: 'J-Quants' },
  ],
  indexSeries: (context) => {
    const { settings, now } = context;
    const plan = jquantsPlans[settings.DAYTRADE_JQUANTS_PLAN];
    const hasKey = (settings.DAYTRADE_JQUANTS_API_KEY ?? settings.DAYTRADE_JQUANTS_API_KEY_FILE) !== undefined;
    if (!hasKey || !plan.hasTopix) return undefined;
    return {
      name: 'topix',
      firstDay: firstDayOf(plan, now()),
      newestDay: newestSessionOf(plan, now()),
      read: (range, signal) => topixOfJQuants(clientOf(context), range, signal),
    };
  },
};

function open(request: JQuantsRequest, context: ProviderContext): JQuantsProvider {
  const { settings, symbols: stored, storedIntraday, now, universe } = context;
  const plan = jquantsPlans[settings.DAYTRADE_JQUANTS_PLAN];
  const newest = newestSessionOf(plan, now());
  const { from, to = newest, again: isAgain } = request;
  if (to > newest) throw notThere(to, newest, settings);
  const asked = askedOf(request, settings);
  if (request.formerMembers === true && !('universe' in asked)) throw formerMembersOfCodes();
  const client = clientOf(context);
  const newestSessions = minuteSessionsOf(request, settings);
  const sessions =
    isAgain === true && from !== undefined ? Math.min(countSessions(from, to), minuteSessionRange.max) : newestSessions;
  const minutes = () =>
    new MinuteBars({
      client: clientOf(context, 'add-on'),
      sessions,
      isAgain,
      stored: storedIntraday,
    });
  const firstDay = firstDayOf(plan, now());
  const range = { from: from ?? firstDay, to };
  return new JQuantsProvider({
    listings: listingRecord(universe, request, range),
    client,
    plan,
    symbols: 'universe' in asked ? asked.universe : asked.symbols.map((symbol) => parseSymbol(symbol)),
    range,
    isFromGiven: from !== undefined,
    firstDay,
    priceBasis: request.priceBasis ?? 'split-adjusted',
    stored: (symbol) => stored.find(symbol),
    isAgain,
    minutes: newestSessions === 0 ? undefined : minutes(),
  });
}

/** Opens a client whose requests count against a limit of the plan, with all others of the process. */
function clientOf({ settings, bucket, now }: ProviderContext, limit: 'plan' | 'add-on' = 'plan'): JQuantsClient {
  const { requestsPerMinute } = jquantsPlans[settings.DAYTRADE_JQUANTS_PLAN];
  return new JQuantsClient({
    baseUrl: settings.DAYTRADE_JQUANTS_URL,
    apiKey: keyOf(settings),
    bucket:
      limit === 'plan'
        ? bucket('jquants', requestsPerMinute, requestsOfSetup)
        : bucket('jquants add-on', minuteRequestsPerMinute),
    now,
  });
}

/** Returns the number of sessions whose minute bars are fetched; 0 for none. */
function minuteSessionsOf({ minuteSessions }: JQuantsRequest, settings: Settings): number {
  return minuteSessions ?? settings.DAYTRADE_JQUANTS_MINUTE_SESSIONS;
}

/** Returns the symbols or the universe of a request; default: those of the settings. */
function askedOf({ symbols, universe }: JQuantsRequest, settings: Settings): RequestedUniverse {
  if (symbols !== undefined) return { symbols };
  return universe === undefined ? universeIn(settings.DAYTRADE_UNIVERSE) : { universe };
}

async function hasNews(request: JQuantsRequest, fetchedAt: number, context: ProviderContext): Promise<boolean> {
  const { settings, symbols: stored, now } = context;
  const plan = jquantsPlans[settings.DAYTRADE_JQUANTS_PLAN];
  const newest = newestSessionOf(plan, now());
  const { behind, upToDate } = await storedOf(request.symbols, stored, newest);
  if (upToDate.length === 0) return true;
  // No fetch could read this session to its end: the one that brought the bars was cut off.
  const wasCutOff = fetchedAt === 0 || newestSessionOf(plan, fetchedAt) < newest;
  if (behind.length > 0 && wasCutOff) return true;
  return minuteSessionsOf(request, settings) > 0 && (await lacksMinutes([...behind, ...upToDate], newest, context));
}

/** Returns true where there are minute bars, so that the plan has them, and none of the newest session. */
async function lacksMinutes(
  real: readonly StoredSymbol[],
  newest: TradeDate,
  { intradaySymbols, storedIntraday }: ProviderContext,
): Promise<boolean> {
  const withMinutes = new Set(await intradaySymbols());
  const asked = real.filter(({ symbol }) => withMinutes.has(symbol));
  for (const { symbol } of asked) {
    if ((await storedIntraday(symbol, { from: newest, to: newest })).length > 0) return false;
  }
  return asked.length > 0;
}

/** The request names no symbols, or its schema would have refused it. */
function formerMembersOfCodes(): DayTradeError {
  return new DayTradeError(
    'input.invalid',
    'formerMembers: expected a universe, such as topix500: DAYTRADE_UNIVERSE names symbols, which have none',
  );
}

function notThere(to: TradeDate, newest: TradeDate, { DAYTRADE_JQUANTS_PLAN: plan }: Settings): DayTradeError {
  const why =
    plan === 'free'
      ? 'the free plan holds bars back for 12 weeks'
      : 'a bar is there an hour after the close of its session';
  return new DayTradeError(
    'input.invalid',
    `to: expected a day up to ${newest}, since ${why}, got ${JSON.stringify(to)}`,
  );
}
