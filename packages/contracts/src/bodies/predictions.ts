import { z } from 'zod';
import { targetCoverage } from '../objective.ts';
import { announcementSchema } from './indices.ts';
import {
  barsAgeSchema,
  horizonSchema,
  instantSchema,
  leftOutSchema,
  priceBasisSchema,
  symbolSchema,
  tradeDateSchema,
} from './primitives.ts';

/** The words of every answer that holds a direction. */
const withoutSkill = 'null where no skill in the direction was measured';

/** An announcement of results that may move a session. */
export type AnnouncementOfSession = z.infer<typeof announcementSchema>;

/** The published interval for one symbol and the next session, in yen. */
export const predictionSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  session: tradeDateSchema.describe('The session whose close is predicted'),
  lastSession: tradeDateSchema.describe('The newest bar that the prediction knows'),
  lastClose: z.number().positive(),
  expectedDividend: z
    .number()
    .min(0)
    .nullish()
    .describe(
      'Yen a share that are expected to go from the price on the session, an ex-day: the interval is that lower. ' +
        '0 on other days; null where no dividend of the symbol is known',
    ),
  centre: z.number().positive().nullable().describe(`The expected close; ${withoutSkill}`),
  lower: z.number().positive().describe('Rounded outward: to the tick inside the daily limits, or to five digits'),
  upper: z.number().positive(),
  coverage: z.number().describe(`The promised share of closes inside [lower, upper]: ${targetCoverage}`),
  probabilityUp: z.number().min(0).max(1).nullable().describe(`Of a rise; ${withoutSkill}`),
  directionSkilled: z.boolean().describe('Whether model and newest evaluation measured skill in the direction'),
  priceBasis: priceBasisSchema.describe(
    'What the prices of the bars are, and so the bounds: only traded ones can be quoted as an order',
  ),
  modelVersion: z.string(),
  intervalMethod: z.string(),
  madeAt: instantSchema,
  late: z.boolean().describe('True when made after its session had opened: it counts for nothing'),
  synthetic: z.boolean(),
  announcement: announcementSchema
    .nullish()
    .describe(
      'The announcement of results that is out since the close before the session, or planned since then or for the ' +
        'session itself. The interval is wider where it was known when the interval was made. null where none is known',
    ),
  announcementsKnown: z.boolean().optional().describe('False where no source has earnings dates of the symbol'),
});
export type Prediction = z.infer<typeof predictionSchema>;

/** A prediction with what happened, all in the prices that it was published in, also where bars were restated later. */
const judgedPredictionSchema = z.object({
  session: tradeDateSchema,
  lastClose: z.number(),
  centre: z.number().nullable().describe(`${withoutSkill}, until there is a close`),
  lower: z.number(),
  upper: z.number(),
  probabilityUp: z.number().nullable().describe(`${withoutSkill}, as it was not shown`),
  close: z.number().nullable().describe('null while the session is not over, or when nothing was traded'),
  inside: z.boolean().nullable(),
  restatedClose: z
    .number()
    .optional()
    .describe('The close as restated after `close` was judged: it changes no outcome'),
  modelVersion: z.string(),
  source: z
    .enum(['live', 'late', 'walk-forward'])
    .describe(
      'Published before the session opened, published later, or reconstructed by evaluation in time order; ' +
        'only live ones count as published',
    ),
});
export type JudgedPrediction = z.infer<typeof judgedPredictionSchema>;

export const predictionRequestSchema = z
  .strictObject({
    symbols: z.array(symbolSchema).min(1).max(5000).optional().describe('Default: every symbol with bars'),
  })
  .default({});
/** Predictions of one session by one model, with what a reader has to know of them. */
export const predictionListSchema = z.object({
  predictions: z.array(predictionSchema),
  sessionOver: z.boolean().describe('True once the predicted session has closed'),
  unpredicted: z
    .array(z.object({ symbol: z.string(), name: z.string(), lastDate: tradeDateSchema }))
    .describe('Symbols in use without an interval: they have no bar of the newest session, or came later'),
  barsAge: barsAgeSchema.nullable().describe('null while there are no bars'),
});
export type PredictionList = z.infer<typeof predictionListSchema>;
export const publicationSchema = predictionListSchema.extend({ leftOut: leftOutSchema.default([]) });
export const predictionHistoryParametersSchema = z.object({ symbol: symbolSchema });
export const predictionHistoryQuerySchema = z.object({
  limit: z.coerce.number<number | string>().int().min(1).max(2000).default(250).describe('Newest sessions'),
  horizons: z.enum(['next-close', 'all']).default('next-close').describe('With all, also horizons within the day'),
});
export const predictionHistorySchema = z.object({
  symbol: z.string(),
  name: z.string(),
  priceBasis: priceBasisSchema,
  synthetic: z.boolean(),
  history: z.array(
    judgedPredictionSchema.extend({
      horizon: horizonSchema.describe('Within the day `lastClose` is the price at this time'),
    }),
  ),
});
export type PredictionHistory = z.infer<typeof predictionHistorySchema>;
