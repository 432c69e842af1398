import { symbolPattern } from '@daytrade/market';
import { z } from 'zod';
import { absolutePath, providerAddress, wholeSetting } from './setting-types.ts';

/** Sets of symbols that a request names instead of codes. */
export const namedUniverses = ['topix500', 'topix100'] as const;

/** Sessions with minute bars at J-Quants: those of the last two years, less a few days, since the oldest end daily. */
export const minuteSessionRange = { min: 0, max: 480 };

/** The words of a list: `7203,6758` or `7203 6758`. */
const wordsIn = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');

const isUniverse = (text: string) => {
  const codes = wordsIn(text);
  return isNamed(text) || (codes.length > 0 && codes.every((code) => symbolPattern.test(code.toUpperCase())));
};

function isNamed(text: string): text is (typeof namedUniverses)[number] {
  return namedUniverses.some((name) => name === text);
}

/** Settings of the bars that fetches and updates ask for by default. */
export const providerSettings = {
  DAYTRADE_PROVIDER: z
    .string()
    .default('synthetic')
    .describe('Provider that `daytrade fetch` asks when none is named; the job data-update asks it as well'),
  DAYTRADE_UNIVERSE: z
    .string()
    .refine(isUniverse, 'expected topix500, topix100, or codes with commas between them, as 7203,6758')
    .default('topix500')
    .meta({
      description:
        "Symbols that are fetched when none are named: today's members of an index, or codes; Yahoo takes codes alone",
      unit: 'topix500, topix100, or codes',
    }),
  DAYTRADE_CSV_FOLDER: absolutePath('Folder with one CSV file per symbol, for the provider csv'),
  DAYTRADE_INDEX_FOLDER: absolutePath(
    'Folder with a CSV file per index series (nasdaq.csv, usdjpy.csv, vix.csv), read again at 08:30',
  ),
} as const;

/** A universe as a request to J-Quants has it. */
export type RequestedUniverse = { readonly universe: (typeof namedUniverses)[number] } | { readonly symbols: string[] };

/**
 * Reads the setting `DAYTRADE_UNIVERSE`.
 *
 * @example universeIn('7203, 6758') // { symbols: ['7203', '6758'] }
 */
export function universeIn(setting: string): RequestedUniverse {
  return isNamed(setting) ? { universe: setting } : { symbols: wordsIn(setting) };
}

/** J-Quants, the provider of the exchange's own bars. */
export const jquantsSettings = {
  DAYTRADE_JQUANTS_API_KEY: z
    .string()
    .regex(/^[!-~]{8,512}$/, 'expected the key alone: 8 to 512 letters, digits and signs of ASCII')
    .optional()
    .meta({ description: 'API key of J-Quants, for `daytrade fetch jquants`', unit: 'secret', secret: true }),
  DAYTRADE_JQUANTS_PLAN: z
    .enum(['free', 'light', 'standard', 'premium'])
    .default('free')
    .describe('Plan of J-Quants: 5, 60, 120 or 500 requests a minute; the free one holds bars back for 12 weeks'),
  DAYTRADE_JQUANTS_MINUTE_SESSIONS: wholeSetting(0, minuteSessionRange).meta({
    description:
      'Newest sessions whose minute bars are fetched as 5-minute bars; above 0 it needs the add-on of J-Quants',
    unit: 'sessions',
  }),
  DAYTRADE_JQUANTS_URL: providerAddress('https://api.jquants.com/v2', 'Address of J-Quants, API V2'),
} as const;

/** The chart of Yahoo Finance, an unofficial source. */
export const yahooSettings = {
  DAYTRADE_YAHOO_USE: z
    .enum(['off', 'on'])
    .default('off')
    .describe(
      'Allows requests to Yahoo Finance, an unofficial interface: on says that you have looked whether ' +
        'you may use its data, and that this is your responsibility',
    ),
  DAYTRADE_YAHOO_URL: providerAddress('https://query1.finance.yahoo.com', 'Address of Yahoo Finance'),
} as const;

/** Prices of kabu STATION, the program of a broker. */
export const kabuSettings = {
  DAYTRADE_KABU_URL: providerAddress(
    'http://localhost:18080/kabusapi',
    'Address of the API of kabu STATION, for `daytrade record kabu`',
  ),
  DAYTRADE_KABU_PASSWORD: z
    .string()
    .regex(/^[0-9A-Za-z]{6,16}$/, 'expected 6 to 16 letters and digits')
    .optional()
    .meta({ description: 'API password in the API system settings of kabu STATION', unit: 'secret', secret: true }),
} as const;

export const importSettings = {
  DAYTRADE_IMPORT_ROOT: absolutePath(
    'Only folder whose files are read when a request names a path; not set: any on loopback, none beyond it ' +
      'and in a cluster, where files are sent',
  ),
} as const;
