import { z } from 'zod';
import { memberReportSchema } from './accuracy.ts';
import { instantSchema, symbolSchema, tradeDateSchema } from './primitives.ts';

/** A trained ensemble as the registry lists it. */
export const modelSchema = z.object({
  version: z.string(),
  createdAt: instantSchema,
  status: z.enum(['live', 'candidate', 'retired']),
  synthetic: z.boolean(),
  seed: z.number().int(),
  trainedFrom: tradeDateSchema,
  trainedTo: tradeDateSchema,
  symbols: z.number().int(),
  rows: z.number().int(),
  features: z.number().int(),
  dataHash: z.string(),
  artifactHash: z.string(),
  artifactBytes: z.number().int(),
  trainingSeconds: z.number(),
  members: z.array(memberReportSchema),
  coverage: z.number().nullable().meta({ description: 'Out-of-sample coverage in the calibration sessions' }),
  meanWidthBp: z.number().nullable(),
  winklerBp: z.number().nullable(),
  hitRate: z.number().nullable(),
});
export type Model = z.infer<typeof modelSchema>;

/** One line of the append-only log of what was live when. */
export const activationSchema = z.object({
  at: instantSchema,
  version: z.string(),
  previous: z.string().nullable(),
  action: z.enum(['promote', 'rollback', 'automatic']),
});
export type Activation = z.infer<typeof activationSchema>;

export const activationListSchema = z.object({ activations: z.array(activationSchema) });

export const modelListSchema = z.object({ models: z.array(modelSchema), live: z.string().nullable() });
export const modelParametersSchema = z.object({
  version: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected a model version'),
});
export const modelDetailSchema = z.object({ model: modelSchema, activations: z.array(activationSchema) });
export const promotionSchema = z.object({ model: modelSchema, previous: z.string().nullable() });

export const trainingRequestSchema = z
  .object({
    seed: z.number().int().min(0).default(1),
    promote: z.boolean().default(true).meta({ description: 'Make the new model live when it is done' }),
    symbols: z.array(symbolSchema).min(1).max(5000).optional().meta({ description: 'Default: every symbol with bars' }),
  })
  .default({ seed: 1, promote: true });
export type TrainingRequest = z.infer<typeof trainingRequestSchema>;
