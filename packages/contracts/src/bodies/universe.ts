import { parseSymbol, universeNames } from '@daytrade/market';
import { z } from 'zod';
import { calendarDateSchema, symbolSchema, tradeDateSchema, wholeFileImport } from './primitives.ts';

/** Bytes of the largest file of listings: 4,400 issues with some rows each have less than a million. */
export const mostUniverseFileBytes = 16 * 1_048_576;

const universeNameSchema = z.enum(universeNames).describe('A set of symbols by date: all that is listed, or an index');

/** A code as the record holds it. */
const recordedSymbolSchema = symbolSchema.transform(parseSymbol);

/** The set of a request that goes by its members, each while it was one. */
export const requestedUniverseSchema = universeNameSchema
  .optional()
  .describe('Only members of this set, each while it was one; default: all');

/** The set of symbols that figures are of. */
export const universeUsedSchema = z.object({
  universe: universeNameSchema,
  knownFrom: tradeDateSchema.nullable().describe('Before it nobody counts'),
  withoutBars: z.int().describe('Members of these sessions whose bars are not here'),
  someWithoutBars: z.array(z.string()).describe('The first of them'),
});
export type UniverseUsed = z.infer<typeof universeUsedSchema>;

/** From when to when a symbol was in a set; both ends are in it. */
const spanSchema = z.object({
  universe: universeNameSchema,
  from: tradeDateSchema.nullable().describe('null where it is not known'),
  to: tradeDateSchema.nullable().describe('null where it has not ended'),
  reason: z.string().nullable().describe('Why it ended, where that is known'),
  source: z.string(),
});

const successionSchema = z.object({
  symbol: z.string(),
  successor: z.string(),
  date: tradeDateSchema.describe('The first day without the old code'),
  ratio: z.number().positive().describe('Shares of the successor for one old share'),
  reason: z.string().nullable(),
  source: z.string(),
});

/** The record as it is kept. */
export const keptUniverseRecordSchema = z.object({
  spans: z.array(spanSchema.extend({ symbol: recordedSymbolSchema })),
  successions: z.array(successionSchema.extend({ symbol: recordedSymbolSchema, successor: recordedSymbolSchema })),
  observed: z.array(tradeDateSchema),
});

export const universeQuerySchema = z.object({
  on: calendarDateSchema.optional().describe('Day, YYYY-MM-DD; default: today in Japan'),
  universe: universeNameSchema.default('listed'),
});

export const universeMembersSchema = z.object({
  universe: universeNameSchema,
  on: tradeDateSchema,
  knownFrom: tradeDateSchema.nullable().describe('Nobody is a member before; null where nothing is known'),
  listOf: tradeDateSchema.nullable().describe('Day of the newest complete list up to then; null without'),
  symbols: z.array(
    z.object({
      symbol: z.string(),
      name: z.string().nullable().describe('null where there are no bars'),
      from: tradeDateSchema.nullable(),
      to: tradeDateSchema.nullable(),
      bars: z.int().describe('Daily bars that are stored'),
      shares: z.number().nullable().describe('Of the newest report up to the day; null without'),
    }),
  ),
});
export type UniverseMembers = z.infer<typeof universeMembersSchema>;

export const symbolHistorySchema = z.object({
  symbol: z.string(),
  name: z.string().nullable().describe('null where there are no bars'),
  spans: z.array(spanSchema),
  became: z.array(successionSchema).describe('Codes in whose shares its own ended'),
  was: z.array(successionSchema).describe('Codes whose shares ended in its own'),
  shares: z.array(
    z.object({ date: tradeDateSchema, periodEnd: tradeDateSchema, shares: z.number(), source: z.string() }),
  ),
  bars: z.object({ bars: z.int(), firstDate: tradeDateSchema, lastDate: tradeDateSchema }).nullable(),
});
export type SymbolHistory = z.infer<typeof symbolHistorySchema>;

export const universeImportSchema = z.object({
  ...wholeFileImport,
  added: z.int(),
  unchanged: z.int(),
  removed: z.int().describe('Rows of earlier imports of the same symbols that are not in the file'),
});
export type UniverseImport = z.infer<typeof universeImportSchema>;
