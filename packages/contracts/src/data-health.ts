import { z } from 'zod';
import { barsAgeSchema, instantSchema, priceBasisSchema, symbolSchema, tradeDateSchema } from './primitives.ts';

const gapSchema = z.object({
  from: tradeDateSchema,
  to: tradeDateSchema,
  sessions: z.number().int().meta({ description: 'Sessions in a row without a bar' }),
});
export type BarGap = z.infer<typeof gapSchema>;

/** What is wrong with the bars of a symbol, the worst first. */
const healthConcernSchema = z
  .enum(['damaged', 'gaps', 'behind', 'kept-out'])
  .meta({ description: 'The file cannot be used; sessions lack a bar; other symbols are newer; rows were kept out' });
export type HealthConcern = z.infer<typeof healthConcernSchema>;

/** The 5-minute bars of a symbol, beside its daily ones. */
const intradayHealthSchema = z.object({
  bars: z.number().int(),
  sessions: z.number().int().meta({ description: 'Sessions with such a bar' }),
  firstDate: tradeDateSchema,
  lastBar: instantSchema.meta({ description: 'When the newest of them ended' }),
  gaps: z.array(gapSchema).meta({ description: 'Between the first and the last bar, oldest first' }),
  missingSessions: z.number().int().meta({ description: 'Sessions with a daily bar and without a 5-minute bar' }),
});

const symbolHealthSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  priceBasis: priceBasisSchema,
  synthetic: z.boolean(),
  bars: z.number().int(),
  firstDate: tradeDateSchema.nullable(),
  lastDate: tradeDateSchema.nullable(),
  damage: z.string().nullable().meta({ description: 'What is wrong with the file; null when nothing is' }),
  gaps: z.array(gapSchema).meta({ description: 'Between the first and the last bar, oldest first' }),
  missingSessions: z
    .number()
    .int()
    .meta({ description: 'Sessions without a bar and without a row listed in quarantine' }),
  explainedSessions: z.number().int().meta({
    description: 'Sessions without a bar whose row is listed in quarantine: nothing was traded, or it was wrong',
  }),
  sessionsBehind: z.number().int().meta({ description: 'Sessions since, up to the newest bar of any symbol' }),
  intraday: intradayHealthSchema.nullable().default(null).meta({ description: 'null without a 5-minute bar' }),
  keptOut: z.array(z.object({ reason: z.string(), rows: z.number().int() })),
  origins: z.array(
    z.object({
      source: z.string().nullable().meta({ description: 'The provider; null where it is not known' }),
      bars: z.number().int(),
      fetchedAt: instantSchema.nullable().meta({ description: 'When the newest of them was fetched' }),
    }),
  ),
  concerns: z.array(z.object({ concern: healthConcernSchema, message: z.string(), remedy: z.string() })),
});
export type SymbolHealth = z.infer<typeof symbolHealthSchema>;

export const dataHealthQuerySchema = z.object({
  symbol: symbolSchema
    .optional()
    .meta({ description: 'Default: every symbol in use, and real ones with 5-minute bars alone' }),
});
export const dataHealthSchema = z.object({
  symbols: z
    .array(symbolHealthSchema)
    .meta({ description: 'Those that need attention first, the worst of them first' }),
  barsAge: barsAgeSchema.nullable().meta({ description: 'null while there are no bars' }),
});
export type DataHealth = z.infer<typeof dataHealthSchema>;
