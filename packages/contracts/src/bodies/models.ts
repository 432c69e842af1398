import { z } from 'zod';
import { memberReportSchema } from './accuracy.ts';
import { instantSchema, ownPartsFields, ownPartsSchema, symbolSchema, tradeDateSchema } from './primitives.ts';
import { requestedUniverseSchema } from './universe.ts';

export const modelSchema = z.object({
  version: z.string(),
  createdAt: instantSchema,
  status: z.enum(['live', 'candidate', 'retired']),
  synthetic: z.boolean(),
  seed: z.int(),
  trainedFrom: tradeDateSchema,
  trainedTo: tradeDateSchema,
  symbols: z.int(),
  rows: z.int(),
  features: z.int(),
  dataHash: z.string(),
  artifactHash: z.string(),
  artifactBytes: z.int(),
  trainingSeconds: z.number(),
  members: z.array(memberReportSchema),
  soleMember: z.string().nullable().describe('The member that carries all the weight; null where several share it'),
  coverage: z.number().nullable().describe('Out-of-sample coverage in the calibration sessions'),
  meanWidthBp: z.number().nullable(),
  winklerBp: z.number().nullable(),
  hitRate: z.number().nullable(),
});
export type Model = z.infer<typeof modelSchema>;

/** A model as it is answered: with the verdict that its predictions carry too. */
const judgedModelSchema = modelSchema.extend({
  directionSkilled: z.boolean().describe('Whether training and newest evaluation measured skill in the direction'),
});
export type JudgedModel = z.infer<typeof judgedModelSchema>;

/** One line of the append-only log of what was live when. */
const activationSchema = z.object({
  at: instantSchema,
  version: z.string(),
  previous: z.string().nullable(),
  action: z.enum(['promote', 'rollback', 'automatic']),
  by: z.string().nullable().default(null).describe('Whose token asked for it; null without one'),
});
export type Activation = z.infer<typeof activationSchema>;

export const modelListSchema = z.object({ models: z.array(judgedModelSchema), live: z.string().nullable() });
export const modelParametersSchema = z.object({
  version: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected a model version'),
});
export const modelDetailSchema = z.object({
  model: judgedModelSchema,
  own: ownPartsSchema,
  activations: z.array(activationSchema),
});
export const promotionSchema = z.object({ model: modelSchema, previous: z.string().nullable() });

/** Versions that a rollback did not go back to, newest first, and why. */
export const rollbackSchema = promotionSchema.extend({
  passedOver: z.array(z.object({ version: z.string(), reason: z.string() })),
});
export type Rollback = z.infer<typeof rollbackSchema>;

const contributionSchema = z.object({
  name: z.string(),
  centreBp: z.number().describe('What the feature adds to the centre, basis points of log return'),
  logScale: z.number().describe('What it adds to the logarithm of the scale: 0.01 widens the interval by 1 %'),
});

/** One forecast as a sum over its features: base plus contributions are what is published, by exact SHAP values. */
const forecastExplanationSchema = z.object({
  symbol: z.string(),
  centreTotalBp: z.number(),
  centreBaseBp: z.number(),
  logScaleTotal: z.number(),
  logScaleBase: z.number(),
  contributions: z.array(contributionSchema).readonly(),
});
export type ForecastExplanation = z.infer<typeof forecastExplanationSchema>;

export const importanceQuerySchema = z.object({
  symbol: symbolSchema.optional().describe('Also explain the forecast of this symbol'),
});

/** Importance of each feature to a model, and its contribution to one forecast. */
export const importanceSchema = z.object({
  version: z.string(),
  synthetic: z.boolean(),
  lastSession: tradeDateSchema.describe('The forecasts of the session after this one are explained'),
  symbols: z.int(),
  demoted: z.boolean().describe('True while the fallback is published; those of the ensemble are explained'),
  features: z
    .array(
      contributionSchema.extend({
        group: z.string(),
        description: z.string(),
        centreGain: z.number().describe('Share of the gain of all splits of the members that are trees'),
        scaleGain: z.number().describe('The same of the trees of the scale head'),
      }),
    )
    .readonly()
    .describe('Mean size of the contributions over the symbols, the largest effect on the scale first'),
  forecast: forecastExplanationSchema.nullable(),
});
export type Importance = z.infer<typeof importanceSchema>;

export const trainingRequestSchema = z
  .strictObject({
    seed: z.int().min(0).default(1).describe('Seed of all randomness'),
    promote: z.boolean().default(true).describe('Make the new model live when it is done'),
    symbols: z.array(symbolSchema).min(1).max(5000).optional().describe('Default: every symbol with bars'),
    universe: requestedUniverseSchema,
    ...ownPartsFields,
  })
  .default({ seed: 1, promote: true });
export type TrainingRequest = z.infer<typeof trainingRequestSchema>;
