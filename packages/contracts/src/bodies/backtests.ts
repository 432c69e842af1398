import { z } from 'zod';
import { estimateSchema } from './accuracy.ts';
import {
  beginsBeforeItEnds,
  calendarRange,
  leftOutSchema,
  ownNameSchema,
  plainTextSchema,
  symbolSchema,
  tradeDateSchema,
} from './primitives.ts';
import { reportLanguageSchema } from './reports.ts';
import { requestedUniverseSchema, universeUsedSchema } from './universe.ts';

/** Name of a strategy, of the platform or of a file in the user's folder. */
export const strategyNameSchema = ownNameSchema.describe(
  'Strategy that makes the orders, of the platform or a file of your own',
);

/** The strategies that a backtest can run, and other files in the folder of the user. */
export const strategyListSchema = z.object({
  strategies: z.array(
    z.object({
      name: z.string(),
      summary: z.string(),
      parameters: z.array(
        z.object({
          name: z.string(),
          description: z.string().default(''),
          low: z.number(),
          high: z.number(),
          default: z.number(),
          candidates: z.array(z.number()).readonly(),
        }),
      ),
      needsForecasts: z.boolean(),
      file: z.string().nullable().describe('File in the folder of the user; null for one of the platform'),
      fault: z.string().nullable().describe('Why a file has no strategy'),
    }),
  ),
  others: z
    .array(z.object({ file: z.string(), summary: z.string(), fault: z.string().nullable() }))
    .default([])
    .describe('Features and members in the folder of the user'),
});
export type StrategyList = z.infer<typeof strategyListSchema>;

export const accountKindSchema = z
  .enum(['cash', 'margin', 'day-margin'])
  .describe('Own money alone, credit, or credit with every position closed in its session');

const rateSchema = z.number().min(0).max(1).optional();

export const costFields = {
  commission: z
    .enum(['none', 'per-order'])
    .optional()
    .describe('None, or by a table as of online brokers; default: none for day-margin'),
  spreadTicks: z.number().min(0).max(100).default(1).describe('Ticks between bid and ask'),
  impact: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe('Price move by an order of the whole volume, as a share of a day of volatility'),
  interest: rateSchema.describe('Yearly rate on long positions; default: that of the account'),
  lendingFee: rateSchema.describe('Yearly rate on short positions; default: that of the account'),
  penalty: z
    .number()
    .min(0)
    .max(1e6)
    .optional()
    .describe('Yen for a position that day-margin carries over the close; default: 3575'),
  participation: z.number().min(0.0001).max(1).default(0.01).describe('Share of the volume that an order may have'),
} as const;

export const backtestRequestSchema = z
  .strictObject({
    strategy: strategyNameSchema,
    ...calendarRange,
    symbols: z.array(symbolSchema).min(1).max(5000).optional().describe('Default: every symbol with bars'),
    universe: requestedUniverseSchema,
    account: accountKindSchema.default('day-margin'),
    cash: z.number().min(10_000).max(1e12).default(10_000_000).describe('Yen to begin with'),
    ...costFields,
    parameters: z
      .record(plainTextSchema.max(40), z.number())
      .default({})
      .describe('Parameters of the strategy that are not chosen'),
    candidates: z
      .record(plainTextSchema.max(40), z.array(z.number()).min(1).max(50))
      .default({})
      .describe("Values of parameters to choose among, in place of the strategy's own"),
    choose: z.boolean().default(true).describe('Whether the others are chosen walk-forward'),
    maxPosition: z.number().positive().optional().describe('Yen in one symbol at most'),
    maxExposure: z.number().positive().optional().describe('Yen in all symbols at most'),
    maxSessionLoss: z
      .number()
      .positive()
      .optional()
      .describe('Yen that a session may lose; then trading stops for good'),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31)
      .default(1)
      .describe('Seed of the resampling'),
  })
  .superRefine(beginsBeforeItEnds);
export type BacktestRequest = z.infer<typeof backtestRequestSchema>;

/** Figures before or after costs. */
const sideSchema = z.object({
  profit: z.number().describe('Yen'),
  return: z.number().describe('Of the cash at the beginning, over all sessions'),
  sharpe: estimateSchema.describe('Of a year, with its 95 % interval by day-block bootstrap'),
  maxDrawdown: z.number(),
});

const costsSchema = z.object({
  commission: z.number(),
  spread: z.number(),
  impact: z.number(),
  interest: z.number(),
  lendingFee: z.number(),
  penalty: z.number().default(0).describe('For positions that day-margin carried over the close'),
  total: z.number(),
});

const baselineSchema = z.object({
  name: z.string(),
  return: z.number().nullable().describe('null for the mean of draws in results of earlier versions'),
  netSharpe: z.number(),
  grossSharpe: z.number().nullable().describe('null for what has no costs, or the same ones'),
});

export const backtestResultSchema = z.object({
  strategy: strategyNameSchema,
  strategyHash: z.string().nullable().default(null).describe('SHA-256 of the file of the strategy, if it has one'),
  account: accountKindSchema,
  from: tradeDateSchema,
  to: tradeDateSchema,
  sessions: z.int(),
  symbols: z.int(),
  synthetic: z.boolean(),
  traded: z
    .boolean()
    .describe('Whether all prices are as they were traded; others have neither ticks nor limits, and lots are theirs'),
  dataHash: z.string().describe('SHA-256 of exactly the bars and forecasts that were used'),
  reproducedBy: z.string().describe('SHA-256 of data, settings and version, which give the same bytes'),
  cash: z.number(),
  verdict: z
    .enum(['loses', 'may be luck', 'beats its costs', 'unclear'])
    .describe(
      'loses: no profit after costs; may be luck: a profit whose Sharpe interval holds 0, or whose deflated Sharpe ' +
        'ratio is below 0.95; unclear: bars leave open what came first in more than 5 % of the filled orders',
    ),
  trades: z.int().describe('Purchases with their sales, and short sales with their purchases'),
  wins: z.number().describe('Share of the trades with a profit before costs'),
  gross: sideSchema,
  net: sideSchema,
  bestFirst: sideSchema
    .nullable()
    .default(null)
    .describe('After costs with every doubt decided for the orders; null where few are in doubt'),
  costs: costsSchema,
  dividends: z.number().default(0).describe('Yen of held positions, less those that short ones paid'),
  shorts: z.int().default(0).describe('Trades that began with a short sale; every symbol counts as one to be borrowed'),
  tax: z.number().default(0).describe('Yen of 20.315 % on the profit after costs; not taken from any figure'),
  turnover: z.number().describe('Yen that changed hands'),
  paidBp: z.number().nullable().describe('Costs for each yen that changed hands; null without trades'),
  breakEvenBp: z.number().nullable().describe('Costs at which nothing would be left'),
  deflatedSharpe: z.number().describe('Chance that the net Sharpe ratio is above the luck of all trials'),
  trials: z.int().describe('Distinct trials of all strategies so far: of a strategy, settings and data'),
  tried: z
    .array(z.object({ values: z.record(z.string(), z.number()), sharpe: z.number() }))
    .readonly()
    .default([])
    .describe('Parameter sets of this run, each with its net Sharpe ratio of a year'),
  overfitting: z
    .number()
    .nullable()
    .describe('Chance that the best set of parameters is below the median out of sample; null with too few'),
  exposure: z.number().describe('Mean of what was invested, as a share of the equity'),
  capacity: z.number().nullable().describe('Yen of equity at which the impact takes all; null without'),
  ambiguous: z
    .object({ daily: z.number(), fiveMinutes: z.number().nullable() })
    .describe('Share of filled orders for which bars leave open what came first; the worse counted'),
  orders: z.int(),
  filled: z.int(),
  refused: z.record(z.string(), z.int()).describe('Orders that were not taken, by why'),
  halted: z.object({ session: tradeDateSchema, reason: z.string() }).nullable(),
  parameters: z
    .array(z.object({ from: tradeDateSchema, values: z.record(z.string(), z.number()) }))
    .readonly()
    .describe('What was used from when on'),
  chosen: z.boolean().describe('Whether they were chosen walk-forward'),
  baselines: z.array(baselineSchema).readonly(),
  curve: z
    .array(z.object({ session: tradeDateSchema, gross: z.number(), net: z.number() }))
    .readonly()
    .describe('Yen at each close'),
  leftOut: leftOutSchema.default([]),
  universe: universeUsedSchema.optional().describe('None where every symbol with bars counted'),
});
export type BacktestResult = z.infer<typeof backtestResultSchema>;

export const tearSheetQuerySchema = z.object({ language: reportLanguageSchema.optional() });
export type BacktestSide = z.infer<typeof sideSchema>;
