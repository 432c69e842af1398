import { z } from 'zod';
import { defaultEvaluationSessions } from '../objective.ts';
import {
  beginsBeforeItEnds,
  calendarRange,
  horizonSchema,
  instantSchema,
  ownPartsFields,
  ownPartsSchema,
  plainTextSchema,
  symbolSchema,
  tradeDateSchema,
} from './primitives.ts';
import { requestedUniverseSchema, universeUsedSchema } from './universe.ts';

/** Smallest, largest and newest coverage of full windows of sessions; null while no window is full. */
const rollingSchema = z.object({
  window: z.int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  last: z.number().nullable(),
});
export type RollingCoverage = z.infer<typeof rollingSchema>;

/** A figure with its 95 % interval from a bootstrap over blocks of days. */
export const estimateSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof estimateSchema>;

/**
 * A part of the return to a close: the night before the session, the session, or both. A forecast made within the
 * session has its rest alone.
 */
const returnLegSchema = z.enum(['close-to-open', 'open-to-close', 'close-to-close', 'rest-of-session']);
export type ReturnLeg = z.infer<typeof returnLegSchema>;

/** Pearson's correlation of forecasts and returns, or that of their ranks (Spearman's). */
const correlationKindSchema = z.enum(['pearson', 'spearman']);
export type CorrelationKind = z.infer<typeof correlationKindSchema>;

/** One way to measure how well a forecast orders the symbols of a session: each leg has it with each correlation. */
const informationCoefficientSchema = z.object({
  leg: returnLegSchema.describe('The return that the forecast is compared with, all of it after the forecast'),
  correlation: correlationKindSchema,
  ...estimateSchema.shape,
  t: z.number().describe('Mean over sessions / its standard error; 0 where it has none'),
  sessions: z.int().describe('Those with at least 3 symbols'),
  edge: z.boolean().describe('Whether t is above `edgeBound.t` of its judgement'),
});
export type InformationCoefficient = z.infer<typeof informationCoefficientSchema>;

/** The correction for the number of coefficients that a judgement tested: Bonferroni's, at 5 % two-sided. */
const edgeBoundSchema = z.object({
  tests: z.int().describe('Coefficients of all models, legs and correlations'),
  t: z.number().describe('A coefficient is an edge where its t is above this'),
});
export type EdgeBound = z.infer<typeof edgeBoundSchema>;

/**
 * One member or combination, judged out of sample on next-day log returns. R2 is against the forecast 0; `ic` is that
 * of ranks, of the whole return that was forecast.
 */
export const memberReportSchema = z.object({
  name: z.string(),
  hitRate: z.number(),
  rmse: z.number(),
  r2: z.number(),
  ic: z.number(),
  icInterval: estimateSchema,
  informationCoefficients: z.array(informationCoefficientSchema).readonly(),
  directionSkilled: z.boolean().optional().describe('Of the ensemble: whether skill in the direction was measured'),
  auc: z.number(),
  brier: z.number(),
  weight: z.number().nullable().describe('Weight in the ensemble at the end; null for the ensemble itself'),
});
export type MemberReport = z.infer<typeof memberReportSchema>;

const symbolAccuracySchema = z.object({
  symbol: z.string(),
  name: z.string(),
  days: z.int(),
  coverage: z.number(),
  meanWidthBp: z.number(),
  winklerBp: z.number(),
  hitRate: z.number(),
  rolling60: rollingSchema,
  rolling250: rollingSchema,
});
export type SymbolAccuracy = z.infer<typeof symbolAccuracySchema>;

/**
 * One judged session over all symbols, for the curves: the session whose closes were predicted. Coverage windows are
 * null until they are full.
 */
const accuracyPointSchema = z.object({
  session: tradeDateSchema,
  coverage: z.number(),
  coverage20: z.number().nullable(),
  coverage60: z.number().nullable(),
  coverage250: z.number().nullable(),
  meanWidthBp: z.number(),
  winklerBp: z.number(),
  winklerRollingQuantileBp: z.number(),
  winklerRandomWalkBp: z.number(),
  winklerEwmaBp: z.number().describe('Of EWMA with split conformal'),
  winklerHarBp: z.number().describe('Of the HAR regression'),
  ic: z.number().nullable().describe('Rank correlation across symbols; null with fewer than 3 of them'),
  symbols: z.int(),
});
export type AccuracyPoint = z.infer<typeof accuracyPointSchema>;

/**
 * One line of the table of interval methods, all judged on the same symbol-days; widths and scores in bp of the log
 * return.
 */
const intervalMethodSchema = z.object({
  name: z.string(),
  coverage: z.number(),
  meanWidthBp: z.number(),
  winklerBp: z.number(),
  rollingCoverage250: z
    .object({ min: z.number().nullable(), max: z.number().nullable() })
    .describe('Smallest and largest coverage over 250 sessions; null while there are fewer'),
});
export type IntervalMethodReport = z.infer<typeof intervalMethodSchema>;

/** One line of the service level objective. `held`, `lowest` and `highest` are null while no window is full. */
const objectiveSchema = z.object({
  name: z.string(),
  window: z.string(),
  low: z.number(),
  high: z.number(),
  lowest: z.number().nullable().describe('Lowest coverage of a full window'),
  highest: z.number().nullable(),
  held: z.boolean().nullable(),
  onBreach: z.enum(['demote', 'warning', 'page']),
});
export type ObjectiveReport = z.infer<typeof objectiveSchema>;

const skillSchema = z
  .object({ har: z.number(), rollingQuantile: z.number(), randomWalk: z.number(), ewma: z.number() })
  .describe(
    '1 - Winkler score / that of the baseline; har is a regression on past variances, ewma EWMA with split conformal',
  );
export type Skill = z.infer<typeof skillSchema>;

/** Accuracy of the published intervals over several symbol-days. */
const pooledFields = {
  sessions: z.int(),
  symbolDays: z.int(),
  coverage: z.number(),
  meanWidthBp: z.number(),
  winklerBp: z.number(),
  skill: skillSchema,
};

/** Accuracy of the published intervals in one bucket of symbol-days. */
const bucketSchema = z.object({
  group: z.string().describe('How the symbol-days were sorted, as gap or results'),
  bucket: z.string(),
  ...pooledFields,
});
export type BucketReport = z.infer<typeof bucketSchema>;

const yearSchema = z.object({
  year: z.int(),
  ...pooledFields,
});
export type YearReport = z.infer<typeof yearSchema>;

/**
 * The walk-forward judgement that `daytrade evaluate` prints: out of sample, in time order. Returns are next-day log
 * returns; bp are 1e-4.
 */
export const evaluationSchema = z.object({
  id: z.string(),
  madeAt: instantSchema,
  horizon: z.string().describe('When the forecasts were made: next-close in the evening, else within the day'),
  synthetic: z.boolean(),
  from: tradeDateSchema,
  to: tradeDateSchema,
  days: z.int(),
  daysAsked: z.int().describe('Sessions asked for: days is lower where the bars do not reach that far'),
  stretch: z.boolean().describe('Whether its last day was asked for: it is never the newest judgement'),
  symbols: z.int(),
  endedSymbols: z.int().describe('Symbols whose bars end before the others; with none, of survivors'),
  universe: universeUsedSchema.optional().describe('None where every symbol with bars counted'),
  own: ownPartsSchema,
  symbolDays: z.int(),
  halted: z.int().describe('Symbol-days without a trade: counted, not scored'),
  dataHash: z.string(),
  seed: z.int(),
  targetCoverage: z.number(),
  coverage: z.number(),
  coverageInterval: estimateSchema,
  rollingCoverage60: rollingSchema,
  rollingCoverage250: rollingSchema,
  meanWidthBp: z.number(),
  winklerBp: z.number(),
  skill: skillSchema,
  skillByYear: z.array(yearSchema).readonly(),
  intervalMethod: z.string(),
  intervalMethods: z.array(intervalMethodSchema).readonly(),
  buckets: z.array(bucketSchema).readonly().describe('Coverage that the mean hides, as by opening gap'),
  hitRate: z.object({ value: z.number(), low: z.number(), high: z.number(), alwaysUp: z.number() }),
  leakAlarm: z.boolean().describe('True when the out-of-sample hit rate is above 60 %'),
  ic: z.number(),
  icInterval: estimateSchema,
  informationCoefficients: z
    .array(informationCoefficientSchema)
    .readonly()
    .describe('Each leg of the return with each correlation; `ic` is that of the whole return, Spearman'),
  edgeBound: edgeBoundSchema,
  icir: z.number(),
  auc: z.number(),
  brier: z.number(),
  models: z.array(memberReportSchema).readonly(),
  objective: z.array(objectiveSchema).readonly(),
  exDividend: z
    .object({
      symbolDays: z.int(),
      coverage: z.number().describe('Of closes as they were, by intervals lower by the expected dividend'),
      coverageWithout: z.number().describe('The same, had no dividend been expected'),
      expectedShare: z.number().describe('Share of these days whose dividend was expected beforehand'),
      meanDividendBp: z.number().describe('Of the close before'),
    })
    .nullable()
    .describe('On ex-dividend days; null where none is known'),
  bySymbol: z.array(symbolAccuracySchema).readonly(),
  series: z.array(accuracyPointSchema).readonly(),
  seconds: z.object({ total: z.number(), features: z.number(), training: z.number(), intervals: z.number() }),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const evaluationRequestSchema = z
  .strictObject({
    sessions: z
      .int()
      .min(60)
      .max(5000)
      .optional()
      .describe(`Judged sessions, the newest ones up to \`to\`; default ${defaultEvaluationSessions}`),
    from: calendarRange.from.describe('In the place of `sessions`: the first day that is judged'),
    to: calendarRange.to.describe('The last day that is judged; bars after it are not used'),
    horizon: horizonSchema
      .default('next-close')
      .describe('When the judged forecasts were made: in the evening, or within the day of their close'),
    retrainEvery: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe('Sessions between two trainings; default 63, and 5 where 5-minute bars are needed'),
    seed: z.int().min(0).default(1).describe('Seed of all randomness'),
    symbols: z.array(symbolSchema).min(1).max(5000).optional().describe('Default: every symbol with bars'),
    universe: requestedUniverseSchema,
    ...ownPartsFields,
  })
  .refine(({ horizon, features, members }) => horizon === 'next-close' || !(features ?? members), {
    path: ['horizon'],
    message: 'expected next-close, the one horizon with features and members of your own',
  })
  .refine(({ sessions, from }) => sessions === undefined || from === undefined, {
    path: ['from'],
    message: 'expected either "sessions" or "from"',
  })
  .superRefine(beginsBeforeItEnds)
  .default({ horizon: 'next-close', seed: 1 });
export type EvaluationRequest = z.infer<typeof evaluationRequestSchema>;

export const evaluationParametersSchema = z.object({ id: plainTextSchema.min(1).max(100) });
export const evaluationAnswerSchema = z.object({ evaluation: evaluationSchema });

/** Accuracy of the intervals that were published in time; sessions are null without a judgement. */
export const liveAccuracySchema = z.object({
  judged: z.int(),
  inside: z.int(),
  coverage: z.number().nullable(),
  firstSession: tradeDateSchema.nullable(),
  lastSession: tradeDateSchema.nullable(),
  unjudged: z.int().describe('Intervals in time whose session is over and that have no close'),
  missing: z.int().describe('Sessions between the first and the last with intervals in time that have none'),
  restated: z.int().describe('Judged intervals whose close was restated later; the first close judges'),
});
export type LiveAccuracy = z.infer<typeof liveAccuracySchema>;

const horizonAccuracySchema = liveAccuracySchema.extend({
  horizon: horizonSchema,
  meanWidthBp: z.number().nullable().describe('Log width, 1e-4; null where nothing was judged'),
});
export type HorizonAccuracy = z.infer<typeof horizonAccuracySchema>;

export const accuracyQuerySchema = z.object({
  summary: z.stringbool().optional().describe('With true, without lists by session, symbol, model and bucket'),
});

/** The newest walk-forward judgement and what the published predictions did. */
export const accuracySchema = z.object({
  target: z.number(),
  evaluation: evaluationSchema.nullable(),
  live: liveAccuracySchema.describe('Of the intervals for the next close'),
  liveByHorizon: z
    .array(horizonAccuracySchema)
    .describe(
      'The newest sessions with forecasts within the day, by horizon in the order of the day, after the intervals ' +
        'of the evening before for the same sessions; empty without such forecasts',
    ),
});
export type Accuracy = z.infer<typeof accuracySchema>;
