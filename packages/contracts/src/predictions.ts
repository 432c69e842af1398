import { z } from 'zod';
import { instantSchema, priceBasisSchema, symbolSchema, tradeDateSchema } from './primitives.ts';

/** The published interval for one symbol and the next session, in yen. */
export const predictionSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  session: tradeDateSchema.meta({ description: 'The session whose close is predicted' }),
  lastSession: tradeDateSchema.meta({ description: 'The newest bar that the prediction knows' }),
  lastClose: z.number().positive(),
  centre: z.number().positive(),
  lower: z.number().positive().meta({ description: 'On the tick, inside the daily limit band, rounded outward' }),
  upper: z.number().positive(),
  coverage: z.number().meta({ description: 'The promised share of closes inside [lower, upper]: 0.93' }),
  probabilityUp: z.number().min(0).max(1),
  priceBasis: priceBasisSchema.meta({
    description: 'What the prices of the bars are, and so the bounds: only traded ones can be quoted as an order',
  }),
  modelVersion: z.string(),
  intervalMethod: z.string(),
  madeAt: instantSchema,
  synthetic: z.boolean(),
});
export type Prediction = z.infer<typeof predictionSchema>;

/** A prediction whose session is over, with what happened. */
export const judgedPredictionSchema = z.object({
  session: tradeDateSchema,
  lastClose: z.number(),
  centre: z.number(),
  lower: z.number(),
  upper: z.number(),
  probabilityUp: z.number(),
  close: z.number().nullable().meta({ description: 'null while the session is not over, or when nothing was traded' }),
  inside: z.boolean().nullable(),
  modelVersion: z.string(),
  source: z
    .enum(['live', 'walk-forward'])
    .meta({ description: 'Published before the session, or made in time order afterwards by evaluation' }),
});
export type JudgedPrediction = z.infer<typeof judgedPredictionSchema>;

export const predictionRequestSchema = z
  .strictObject({
    symbols: z.array(symbolSchema).min(1).max(5000).optional().meta({ description: 'Default: every symbol with bars' }),
  })
  .default({});
export const predictionListSchema = z.object({ predictions: z.array(predictionSchema) });
export const predictionHistoryParametersSchema = z.object({ symbol: symbolSchema });
export const predictionHistoryQuerySchema = z.object({ limit: z.coerce.number().int().min(1).max(2000).default(250) });
export const predictionHistorySchema = z.object({
  symbol: z.string(),
  name: z.string(),
  priceBasis: priceBasisSchema,
  synthetic: z.boolean(),
  history: z.array(judgedPredictionSchema),
});
