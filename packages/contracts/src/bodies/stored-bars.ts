import { z } from 'zod';
import { barParametersSchema } from './data.ts';
import {
  barsAgeSchema,
  beginsBeforeItEnds,
  calendarRange,
  instantSchema,
  intervalSchema,
  priceBasisSchema,
  symbolSchema,
  tradeDateSchema,
} from './primitives.ts';

const gapSchema = z.object({
  from: tradeDateSchema,
  to: tradeDateSchema,
  sessions: z.int().describe('Sessions in a row without a bar'),
});
export type BarGap = z.infer<typeof gapSchema>;

/** Faults of a symbol's bars, the worst first. */
const healthConcernSchema = z
  .enum(['damaged', 'gaps', 'behind', 'kept-out'])
  .describe('The file cannot be used; sessions lack a bar; other symbols are newer; rows were kept out');
export type HealthConcern = z.infer<typeof healthConcernSchema>;

const intradayHealthSchema = z.object({
  bars: z.int(),
  sessions: z.int().describe('Sessions with such a bar'),
  firstDate: tradeDateSchema,
  lastBar: instantSchema.describe('When the newest of them ended'),
  gaps: z.array(gapSchema).describe('Between the first and the last bar, oldest first'),
  missingSessions: z.int().describe('Sessions with a daily bar and without a 5-minute bar'),
});

const symbolHealthSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  priceBasis: priceBasisSchema,
  synthetic: z.boolean(),
  bars: z.int(),
  firstDate: tradeDateSchema.nullable(),
  lastDate: tradeDateSchema.nullable(),
  damage: z.string().nullable().describe('What is wrong with the file; null when nothing is'),
  gaps: z.array(gapSchema).describe('Between the first and the last bar, oldest first'),
  missingSessions: z.int().describe('Sessions without a bar and without a row listed in quarantine'),
  explainedSessions: z.int().describe('Sessions without a bar whose row is listed in quarantine'),
  sessionsBehind: z.int().describe('Sessions since, up to the newest bar of any symbol'),
  intraday: intradayHealthSchema.nullable().default(null).describe('null without a 5-minute bar'),
  keptOut: z.array(z.object({ reason: z.string(), rows: z.int() })),
  origins: z.array(
    z.object({
      source: z.string().nullable().describe('The provider; null where it is not known'),
      bars: z.int(),
      fetchedAt: instantSchema.nullable().describe('When the newest of them was fetched'),
    }),
  ),
  concerns: z.array(z.object({ concern: healthConcernSchema, message: z.string(), remedy: z.string() })),
});
export type SymbolHealth = z.infer<typeof symbolHealthSchema>;

export const dataHealthQuerySchema = z.object({
  symbol: symbolSchema.optional().describe('Default: every symbol in use, and real ones with 5-minute bars alone'),
});
export const dataHealthSchema = z.object({
  symbols: z.array(symbolHealthSchema).describe('Those that need attention first, the worst of them first'),
  barsAge: barsAgeSchema.nullable().describe('null while there are no bars'),
});
export type DataHealth = z.infer<typeof dataHealthSchema>;

/** The forms in which the bars of a symbol are sent as a file, with the content type of each. */
export const barFileTypes = { csv: 'text/csv', parquet: 'application/vnd.apache.parquet' } as const;

const barFileFormatSchema = z.enum(['csv', 'parquet']).describe('Text with a header line, or parquet');

export const barFileQuerySchema = z
  .object({
    ...calendarRange,
    interval: intervalSchema.default('1d'),
    format: barFileFormatSchema.default('csv'),
  })
  .superRefine(beginsBeforeItEnds);

/** The content of a file, which is not JSON. */
export const fileContentSchema = z.string().meta({ description: 'The file', format: 'binary' });

/** A split or dividend, which changes the price of a share without a trade. */
const priceFactorSchema = z.object({
  date: tradeDateSchema.describe('The first session of the new prices: the ex-day'),
  kind: z.enum(['split', 'dividend']).describe('A reverse split is a split with a value above 1'),
  value: z
    .number()
    .describe(
      'Of a split: what prices before the day are multiplied by, 0.2 for five shares in the place of ' +
        'one. Of a dividend: yen a share',
    ),
  knownOn: tradeDateSchema.describe(
    'The day on which the source published it; a dividend has an entry for each revision',
  ),
  source: z.string().describe('The provider that it came from'),
});
export type PriceFactor = z.infer<typeof priceFactorSchema>;

export const priceFactorListSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  factors: z.array(priceFactorSchema).describe('Oldest first, what was known first before what came later'),
});

export const priceFactorParametersSchema = barParametersSchema;
