import {
  calendarEnd,
  calendarStart,
  type Horizon,
  inDayHorizons,
  isTradeDate,
  symbolPattern,
  type TradeDate,
} from '@daytrade/market';
import { z } from 'zod';

/**
 * A trading day or any calendar day of Japan, written YYYY-MM-DD: text on the wire, a `TradeDate` once it is read. What
 * somebody asks for is a day that the exchange calendar knows: `calendarDateSchema`.
 */
export const tradeDateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { message: 'expected a date as YYYY-MM-DD', abort: true })
  .refine(isTradeDate, { message: 'expected a date that exists', abort: true })
  .meta({ description: 'A day in Japan, YYYY-MM-DD', example: '2026-11-24' });

/** A symbol in any of its three spellings; answers always use the four-character one. */
export const symbolSchema = z
  .string()
  .regex(symbolPattern, 'expected a code as 7203, 72030 or 7203.T')
  .meta({ description: 'A symbol code: 7203, 72030 or 7203.T', example: '7203' });

/** A name, an id or a path in a request: neither control characters nor halves of a character. */
export const plainTextSchema = z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected text without control characters');

/** Name of a file in the user's folder, without its ending. */
export const ownNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected lowercase letters, digits and hyphens');

const ownNames = z.array(ownNameSchema).min(1).max(20).optional();

/** Fields of a request that trains with features and members in files of the user's. */
export const ownPartsFields = {
  features: ownNames.describe('Features of your own to train with too: features/NAME.ts in your folder'),
  members: ownNames.describe('Members of your own to train too: members/NAME.ts in your folder'),
} as const;

/** Files of the user's that a model learned from. */
export const ownPartsSchema = z.array(z.string()).optional().describe('As features/NAME.ts and its SHA-256');

/** The body of a request that says everything by its path: none, or an empty object. */
export const emptyBodySchema = z.strictObject({}).default({});

export const instantSchema = z.iso.datetime().describe('An instant, ISO 8601 in UTC');

/** Target of a forecast: the next close, forecast in the evening, or the close of the day, forecast within it. */
export const horizonSchema = z.enum(['next-close', ...inDayHorizons] satisfies Horizon[]);

export const priceBasisSchema = z
  .enum(['traded', 'split-adjusted', 'fully-adjusted'])
  .describe('What the prices are: as traded, adjusted for splits, or for splits and dividends');
export type PriceBasis = z.infer<typeof priceBasisSchema>;

export const dateFormatSchema = z
  .enum(['YY/MM/DD', 'MM/DD/YYYY', 'DD/MM/YYYY'])
  .describe('Order of year, month and day in dates that can be read in two ways');
export type DateFormat = z.infer<typeof dateFormatSchema>;

export const intervalSchema = z.enum(['1d', '5m']).describe('Length of a bar');
export type BarInterval = z.infer<typeof intervalSchema>;

/** Distance of the newest bar in use from the newest finished session. */
export const barsAgeSchema = z
  .object({
    newest: tradeDateSchema.describe('The day of the newest bar'),
    lastFinishedSession: tradeDateSchema.describe('The newest session whose close is past'),
    sessionsBehind: z.int().describe('Finished sessions without a bar; 0 is up to date'),
    daysBehind: z.int().describe('Calendar days from the newest bar to that session'),
  })
  .describe('The age of the newest bar in use; it changes when a session closes');
export type BarsAge = z.infer<typeof barsAgeSchema>;

/** Symbols that something was done without, since their bars cannot be used, and what is wrong with them. */
export const leftOutSchema = z
  .array(z.object({ symbol: z.string(), message: z.string() }))
  .describe('Symbols that were left out, since bars of theirs are damaged or missing, and what is wrong');
export type LeftOut = z.infer<typeof leftOutSchema>;

/** The fields of the result of an import that takes a file whole or not at all. */
export const wholeFileImport = {
  file: z.string(),
  dryRun: z.boolean().describe('True where nothing was to be written'),
  written: z.boolean().describe('False in a dry run, and where a row is bad: then no row is taken'),
  rows: z.int(),
  faults: z.array(z.object({ line: z.int(), message: z.string() })).describe('Every bad row'),
} as const;

/** RFC 9457 problem document, the body of every answer of 400 or more. */
export const problemSchema = z.object({
  type: z.string().describe('docs/errors.md#<code>'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  remedy: z.string(),
  retryable: z.boolean(),
  requestId: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type Problem = z.infer<typeof problemSchema>;

export const problemContentType = 'application/problem+json';

/** A day in a request, which the exchange calendar must know. */
export const calendarDateSchema = tradeDateSchema
  .refine((date) => date >= calendarStart && date <= calendarEnd, {
    message: `expected a day from ${calendarStart} to ${calendarEnd}`,
    abort: true,
  })
  .meta({ description: `A day in Japan, YYYY-MM-DD, from ${calendarStart} to ${calendarEnd}`, example: '2026-11-24' });

/** The fields of a request for the days `from` to `to`, either of which may be left out. */
export const calendarRange = { from: calendarDateSchema.optional(), to: calendarDateSchema.optional() } as const;

/** Both ends of a range of days, as far as they are given. */
interface Range {
  readonly from?: TradeDate | undefined;
  readonly to?: TradeDate | undefined;
}

/** Refines a schema that has the fields of {@link calendarRange}: the range does not end before it begins. */
export function beginsBeforeItEnds({ from, to }: Range, context: z.core.$RefinementCtx<Range>): void {
  if (from === undefined || to === undefined || from <= to) return;
  context.addIssue({ code: 'custom', path: ['from'], message: `expected a day that is not after "to", ${to}` });
}
