import { z } from 'zod';
import {
  beginsBeforeItEnds,
  calendarDateSchema,
  calendarRange,
  dateFormatSchema,
  instantSchema,
  plainTextSchema,
  priceBasisSchema,
  symbolSchema,
} from './bodies/primitives.ts';
import { uploadIdSchema } from './bodies/uploads.ts';

/** Sessions with minute bars at J-Quants: those of the last two years, less a few days, since the oldest end daily. */
export const minuteSessionRange = { min: 0, max: 480 };

/** Sets of symbols that a request names instead of codes. */
export const namedUniverses = ['topix500', 'topix100'] as const;

/** Fields that every request for codes and days has. */
const symbolFields = {
  symbols: z.array(symbolSchema).min(1).max(5_000).optional().describe('Codes to fetch; default: DAYTRADE_UNIVERSE'),
  from: calendarRange.from.describe('Default: the first day that the provider has'),
  to: calendarRange.to.describe('Default: the newest session that the provider has'),
  priceBasis: priceBasisSchema.extract(['traded', 'split-adjusted']).optional().describe('Default: split-adjusted'),
  again: z.boolean().optional().describe('Also asks for days that are stored: refills gaps and damage'),
};

/** Describes a request for codes and days to a provider on the network. */
function symbolRequest<const Name extends string>(provider: Name) {
  return z.strictObject({ provider: z.literal(provider), ...symbolFields }).superRefine(beginsBeforeItEnds);
}

const csvRequest = z
  .strictObject({
    provider: z.literal('csv'),
    folder: plainTextSchema
      .min(1)
      .max(4_096)
      .optional()
      .describe('Absolute path of a folder of CSV files, or of one of them'),
    upload: uploadIdSchema
      .optional()
      .describe('In the place of `folder`: the id of files that were sent to /v1/uploads'),
    symbolsFile: plainTextSchema
      .min(1)
      .max(4_096)
      .optional()
      .describe(
        'CSV with symbol,name,group,sector, or the list of the exchange; default: symbols.csv there or beside it',
      ),
    priceBasis: priceBasisSchema
      .optional()
      .describe('Default: recognised from the columns, the prices and the volumes'),
    dateFormat: dateFormatSchema
      .optional()
      .describe('Default: found from the rows; those that can still be read in two ways are refused'),
    dryRun: z.boolean().optional().describe('Reads and judges everything, and writes nothing'),
  })
  .refine(({ folder, upload }) => (folder === undefined) !== (upload === undefined), {
    path: ['folder'],
    message: 'expected either "folder" or "upload"',
  })
  .refine(({ upload, symbolsFile }) => upload === undefined || symbolsFile === undefined, {
    path: ['symbolsFile'],
    message: 'expected it beside "folder" only; an upload brings its symbols.csv',
  });

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

const yahooRequest = z
  .strictObject({
    ...symbolRequest('yahoo').shape,
    unofficial: z
      .literal(true)
      .optional()
      .describe('Confirms that the source is known to be unofficial; needed unless DAYTRADE_YAHOO_USE is on'),
  })
  .superRefine(beginsBeforeItEnds);

/** The request of each provider: services, commands, page and tests go through this list. */
const requests = [csvRequest, jquantsRequest, syntheticRequest, yahooRequest] as const;

/** Starts a fetch from a provider. */
export const fetchRequestSchema = z.discriminatedUnion('provider', requests);
export type FetchRequest = z.infer<typeof fetchRequestSchema>;

/** The requests that brought bars, the last fetched first. */
export const sourceListSchema = z.object({
  sources: z.array(z.object({ request: fetchRequestSchema, fetchedAt: instantSchema })),
});

/** Name of a provider in requests and settings. */
export type ProviderName = FetchRequest['provider'];

/** A request to one provider. */
export type ProviderRequest<Name extends ProviderName> = Extract<FetchRequest, { readonly provider: Name }>;

/** Names of all providers. */
export const providerNames: readonly ProviderName[] = requests.map(({ shape }) => shape.provider.value);
