import { symbolPattern } from '@daytrade/market';
import { z } from 'zod';
import { namedUniverses, providerNames } from '../providers.ts';

/** The words of a list: `7203,6758` or `7203 6758`. */
const wordsIn = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');

const isUniverse = (text: string) => {
  const codes = wordsIn(text);
  return isNamed(text) || (codes.length > 0 && codes.every((code) => symbolPattern.test(code.toUpperCase())));
};

function isNamed(text: string): text is (typeof namedUniverses)[number] {
  return namedUniverses.some((name) => name === text);
}

/** Which bars a fetch and an update ask for where nobody names them. */
export const providerSettings = {
  DAYTRADE_PROVIDER: z.enum(providerNames).default('synthetic').meta({
    description: 'Provider that `daytrade fetch` asks when none is named; the job data-update asks it as well',
  }),
  DAYTRADE_UNIVERSE: z
    .string()
    .refine(isUniverse, 'expected topix500, topix100, or codes with commas between them, as 7203,6758')
    .default('topix500')
    .meta({
      description:
        "Symbols that are fetched when none are named: today's members of an index, or codes; Yahoo takes codes alone",
      unit: 'topix500, topix100, or codes',
    }),
  DAYTRADE_CSV_FOLDER: z
    .string()
    .regex(/^(?:\/|[A-Za-z]:[\\/])/, 'expected an absolute path')
    .optional()
    .meta({ description: 'Folder with one CSV file per symbol, for the provider csv', unit: 'path' }),
  DAYTRADE_INDEX_FOLDER: z
    .string()
    .regex(/^(?:\/|[A-Za-z]:[\\/])/, 'expected an absolute path')
    .optional()
    .meta({
      description: 'Folder with a CSV file per index series (nasdaq.csv, usdjpy.csv, vix.csv), read again at 08:30',
      unit: 'path',
    }),
} as const;

/** A universe as a request to J-Quants has it. */
export type RequestedUniverse = { readonly universe: (typeof namedUniverses)[number] } | { readonly symbols: string[] };

/**
 * What the setting `DAYTRADE_UNIVERSE` asks for.
 *
 * @example universeIn('7203, 6758') // { symbols: ['7203', '6758'] }
 */
export function universeIn(setting: string): RequestedUniverse {
  return isNamed(setting) ? { universe: setting } : { symbols: wordsIn(setting) };
}
