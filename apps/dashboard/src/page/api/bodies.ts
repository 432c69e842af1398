import type {
  Activation,
  accuracySchema,
  barListSchema,
  jobListSchema,
  modelListSchema,
  predictionHistorySchema,
  predictionListSchema,
  promotionSchema,
  quarantineListSchema,
  runAcceptedSchema,
  runListSchema,
  selectionSchema,
  sessionListSchema,
  symbolListSchema,
} from '@daytrade/contracts';

/** What a schema of the contract describes. Only its type is used: the page carries no validation library. */
type BodyOf<Schema extends { parse(value: unknown): unknown }> = ReturnType<Schema['parse']>;

export type AccuracyBody = BodyOf<typeof accuracySchema>;
export type ActivationList = { readonly activations: readonly Activation[] };
export type BarList = BodyOf<typeof barListSchema>;
export type JobList = BodyOf<typeof jobListSchema>;
export type ModelList = BodyOf<typeof modelListSchema>;
export type PredictionHistory = BodyOf<typeof predictionHistorySchema>;
export type PredictionList = BodyOf<typeof predictionListSchema>;
export type Promotion = BodyOf<typeof promotionSchema>;
export type QuarantineList = BodyOf<typeof quarantineListSchema>;
export type RunAccepted = BodyOf<typeof runAcceptedSchema>;
export type RunList = BodyOf<typeof runListSchema>;
export type SelectionBody = BodyOf<typeof selectionSchema>;
export type SessionListBody = BodyOf<typeof sessionListSchema>;
export type SymbolList = BodyOf<typeof symbolListSchema>;
