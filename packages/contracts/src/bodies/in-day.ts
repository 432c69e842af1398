import { type InDayHorizon, inDayHorizons } from '@daytrade/market';
import { z } from 'zod';
import { targetCoverage } from '../objective.ts';
import { predictionSchema } from './predictions.ts';
import { instantSchema, leftOutSchema, priceBasisSchema, symbolSchema, tradeDateSchema } from './primitives.ts';

/** A time within the day at which its close is forecast. */
export const inDayHorizonSchema = z.enum(inDayHorizons).meta({
  description: 'When the close of the day is forecast: at 08:30, at the open, or by the 5-minute bars that have ended',
  example: 'close@10:30',
});

/** A time within the day as a person names it, `open` or `10:30`, as are those that are allowed; or `close@10:30`. */
export const namedHorizonSchema = z
  .preprocess(
    (name) => (typeof name === 'string' ? name.replace(/^close@/, '') : name),
    z.enum(inDayHorizons.map((horizon) => horizon.slice('close@'.length))),
  )
  .transform((time) => `close@${time}` as InDayHorizon);

/** A forecast of the day's close, from what could be known at a time of the day; prices in yen. */
const inDayPredictionSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  session: tradeDateSchema.describe('The session whose close is forecast, while it goes on'),
  horizon: inDayHorizonSchema,
  knownAt: instantSchema.describe('The end of the newest bar that the forecast knows'),
  price: z.number().positive().describe('The price at that instant; before the open the previous close'),
  previousSession: tradeDateSchema.describe('The newest daily bar that the forecast knows'),
  previousClose: z.number().positive(),
  centre: z.number().positive().nullable().describe('null until there is a close, as no skill in it is measured'),
  lower: z.number().positive().describe('On the tick, inside the daily limit band, rounded outward'),
  upper: z.number().positive(),
  coverage: z.number().describe(`The promised share of closes inside [lower, upper]: ${targetCoverage}`),
  priceBasis: priceBasisSchema,
  modelVersion: z.string(),
  intervalMethod: z.string(),
  madeAt: instantSchema,
  late: z.boolean().describe('True when it was made 5 minutes after its time, or later: it counts for nothing'),
  synthetic: z.boolean(),
  close: z.number().nullable().describe('The close of the session in the prices of the forecast; null before it'),
  inside: z.boolean().nullable(),
});
export type InDayPrediction = z.infer<typeof inDayPredictionSchema>;

const reasonCodes = [
  'not-published',
  'model-without-horizon',
  'bars-behind',
  'needs-us-session',
  'needs-5-minute-bars',
  'no-trade-yet',
  'too-little-history',
] as const;
/** Why a symbol has no forecast of a horizon. */
export type ReasonWithoutForecast = (typeof reasonCodes)[number];

/** The reasons in words, as a sentence goes on after the symbol. */
export const reasonsWithoutForecast: Readonly<Record<ReasonWithoutForecast, string>> = {
  'not-published': 'no forecast of this time was published',
  'model-without-horizon':
    'the live model does not know this time of the day: train again; for times after the open that takes two months ' +
    'of 5-minute bars of ten symbols',
  'bars-behind': 'the daily bars end before the last session',
  'needs-us-session': 'the last session in America is not known: daytrade import --index nasdaq FILE',
  'needs-5-minute-bars': 'there are no 5-minute bars of this session, which the forecast needs',
  'no-trade-yet': 'it was not traded in this session by then',
  'too-little-history': 'it has too few sessions with bars',
};

export const reasonWithoutForecastSchema = z
  .enum(reasonCodes)
  .describe(reasonCodes.map((code) => `${code}: ${reasonsWithoutForecast[code]}`).join('; '));

export const todayQuerySchema = z.object({
  horizon: inDayHorizonSchema.optional().describe('Default: the newest one that was published'),
});

export const todaySchema = z.object({
  session: tradeDateSchema.describe('The session of today, or the last one where the exchange is closed'),
  horizon: inDayHorizonSchema.nullable().describe('null while nothing was published for the session'),
  horizons: z.array(inDayHorizonSchema).describe('What was published for the session, oldest first'),
  predictions: z.array(inDayPredictionSchema),
  withoutForecast: z
    .array(z.object({ symbol: z.string(), name: z.string(), reason: reasonWithoutForecastSchema }))
    .describe('Symbols in use without a forecast of the horizon'),
});
export type Today = z.infer<typeof todaySchema>;

export const inDayRequestSchema = z
  .strictObject({
    horizon: inDayHorizonSchema.optional().describe('Default: the one whose time came last'),
    symbols: z.array(symbolSchema).min(1).max(5000).optional().describe('Default: every symbol with bars'),
  })
  .default({});
export const inDayPublicationSchema = todaySchema.extend({ leftOut: leftOutSchema });

export const symbolTodayParametersSchema = z.object({ symbol: symbolSchema });

/** One symbol's day: what was said the evening before, what was said since, and what was paid. */
export const symbolTodaySchema = z.object({
  symbol: z.string(),
  name: z.string(),
  session: tradeDateSchema,
  evening: predictionSchema.nullable().describe('What stood when the session opened; null without it'),
  forecasts: z.array(inDayPredictionSchema).describe('One for each horizon, oldest first'),
  prices: z
    .array(z.object({ at: instantSchema, price: z.number().positive() }))
    .describe('The opening price, then the close of each 5-minute bar at its end, oldest first'),
  close: z.number().nullable().describe('null until the daily bar of the session is there'),
});
export type SymbolToday = z.infer<typeof symbolTodaySchema>;
