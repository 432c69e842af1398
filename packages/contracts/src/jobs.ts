import { z } from 'zod';
import { accuracySchema, evaluationRequestSchema } from './bodies/accuracy.ts';
import { auditRequestSchema, auditResultSchema } from './bodies/audit.ts';
import { backtestRequestSchema, backtestResultSchema } from './bodies/backtests.ts';
import { backupRequestSchema, backupResultSchema, restoreDrillResultSchema } from './bodies/backups.ts';
import { fetchResultSchema, selectionOptionsSchema, selectionSchema } from './bodies/data.ts';
import { reasonWithoutForecastSchema } from './bodies/in-day.ts';
import { indicesUpdateSchema } from './bodies/indices.ts';
import { modelSchema, trainingRequestSchema } from './bodies/models.ts';
import { paperSessionResultSchema } from './bodies/paper.ts';
import { barsAgeSchema, horizonSchema, leftOutSchema, ownPartsSchema, tradeDateSchema } from './bodies/primitives.ts';
import { reportEntrySchema } from './bodies/reports.ts';
import { universeUsedSchema } from './bodies/universe.ts';
import { noPayloadSchema, type PayloadSchema, parseOwn } from './parse-payload.ts';
import { fetchRequestSchema } from './providers.ts';
import type { Readable } from './routes/route.ts';

const dataUpdateSchema = z.object({
  updated: z.array(
    fetchResultSchema
      .pick({ barsAdded: true, barsChanged: true, intradayBars: true, rowsQuarantined: true })
      .extend({ source: z.string() }),
  ),
  unchanged: z.array(z.string()).describe('Folders in which no file is newer than the last fetch'),
  lost: z
    .object({ symbols: z.int(), from: tradeDateSchema })
    .optional()
    .describe('Symbols whose newest bars were in a damaged file, and since when: asked for again'),
  failed: z.array(z.object({ source: z.string(), code: z.string(), message: z.string() })),
});

const trainingResultSchema = z.object({
  modelVersion: z.string(),
  promoted: z.boolean(),
  evaluationId: z.string(),
  barsAge: barsAgeSchema,
  leftOut: leftOutSchema,
  universe: universeUsedSchema.optional(),
  own: ownPartsSchema,
  ...modelSchema.pick({
    trainedFrom: true,
    trainedTo: true,
    symbols: true,
    rows: true,
    features: true,
    trainingSeconds: true,
    coverage: true,
    meanWidthBp: true,
    artifactHash: true,
    soleMember: true,
    synthetic: true,
  }).shape,
});

/** Every job of the platform: what it is asked with, and what a run of it that succeeded has as its result. */
export const jobs = {
  fetch: { payload: fetchRequestSchema, result: fetchResultSchema },
  'data-update': { payload: noPayloadSchema, result: dataUpdateSchema },
  'market-preparation': {
    payload: selectionOptionsSchema,
    result: z.object({
      update: dataUpdateSchema,
      indices: indicesUpdateSchema.optional().describe('What was known of the rest of the world'),
      asOf: tradeDateSchema.nullable(),
      selected: z.array(selectionSchema.shape.symbols.element.pick({ symbol: true, name: true, score: true })),
      turnover: selectionSchema.shape.turnover.optional(),
      predictionRun: z.string().nullable().describe('null where no service of the process predicts'),
    }),
  },
  training: { payload: trainingRequestSchema, result: trainingResultSchema },
  evaluation: {
    payload: evaluationRequestSchema,
    result: z.object({
      evaluationId: z.string(),
      seconds: z.number(),
      coverage: z.number(),
      meanWidthBp: z.number(),
      winklerBp: z.number(),
      leftOut: leftOutSchema,
    }),
  },
  audit: { payload: auditRequestSchema, result: auditResultSchema },
  backtest: { payload: backtestRequestSchema, result: backtestResultSchema },
  'paper-session': { payload: noPayloadSchema, result: paperSessionResultSchema },
  retention: {
    payload: z.strictObject({
      dryRun: z.boolean().default(false).describe('Whether only to say what would be removed'),
    }),
    result: z.object({
      dryRun: z.boolean(),
      runs: z.int(),
      evaluations: z.int(),
      models: z.array(z.string()).describe('Their versions'),
      reports: z.int().default(0),
      selections: z.int().default(0),
      notices: z.int().default(0),
    }),
  },
  backup: { payload: backupRequestSchema, result: backupResultSchema },
  'restore-drill': { payload: noPayloadSchema, result: restoreDrillResultSchema },
  report: {
    payload: noPayloadSchema,
    result: z.object({
      session: tradeDateSchema,
      published: z.int(),
      judged: z.int(),
      inside: z.int(),
      outside: z.array(z.string()).describe('Symbols whose close was outside of its interval'),
      live: accuracySchema.shape.live,
      made: z
        .array(reportEntrySchema.pick({ session: true, revision: true }))
        .describe('Reports that were made; none where nothing has changed since the last one'),
    }),
  },
  prediction: {
    payload: noPayloadSchema,
    result: z.object({
      predictions: z.int(),
      added: z.int().describe('How many of them were new'),
      leftOut: leftOutSchema,
      session: tradeDateSchema.nullable(),
      modelVersion: z.string().nullable(),
      horizons: z.array(horizonSchema).default(['next-close']).describe('What was published'),
      withoutForecast: z
        .array(z.object({ reason: reasonWithoutForecastSchema, symbols: z.int() }))
        .default([])
        .describe('Symbols without a forecast within the day, by reason'),
    }),
  },
} satisfies Readonly<Record<string, { readonly payload: PayloadSchema; readonly result: z.ZodObject }>>;

export type JobName = keyof typeof jobs;

/** Payload of a job as a caller sends it; missing fields have defaults. */
export type PayloadOf<Name extends JobName> = z.input<(typeof jobs)[Name]['payload']>;
/** Payload of a job after its check, with defaults. */
export type RequestOf<Name extends JobName> = z.output<(typeof jobs)[Name]['payload']>;
export type ResultOf<Name extends JobName> = z.output<(typeof jobs)[Name]['result']>;
/** Result as the work of a job returns it. */
export type WorkOf<Name extends JobName> = Readable<z.input<(typeof jobs)[Name]['result']>>;

/**
 * Reads the result of a run.
 *
 * @throws DayTradeError `internal.bug` naming the field that is not as the job's schema says
 */
export function parseResult<Name extends JobName>(job: Name, result: unknown): ResultOf<Name> {
  return parseOwn(jobs[job].result, result, `the job ${job} reported`) as ResultOf<Name>;
}
