import { z } from 'zod';
import { liveAccuracySchema } from './accuracy.ts';
import { inDayHorizonSchema } from './in-day.ts';
import { predictionSchema } from './predictions.ts';
import { barsAgeSchema, instantSchema, tradeDateSchema } from './primitives.ts';

export const reportLanguageSchema = z.enum(['en', 'ja']);
export type ReportLanguage = z.infer<typeof reportLanguageSchema>;

/** Published interval of a symbol, and its close. */
const reportedPredictionSchema = predictionSchema
  .pick({
    symbol: true,
    name: true,
    lastClose: true,
    lower: true,
    upper: true,
    priceBasis: true,
    modelVersion: true,
    late: true,
  })
  .extend({
    close: z.number().nullable().describe('null while it is not known, or when nothing was traded'),
    inside: z
      .boolean()
      .nullable()
      .describe('null without a close, and for what was made after the open, which counts for nothing'),
  });
export type ReportedPrediction = z.infer<typeof reportedPredictionSchema>;

/** Published intervals of the newest sessions that were judged. */
const coverageWindowSchema = z.object({
  sessions: z.int().describe('How many sessions the window holds when it is full'),
  judgedSessions: z.int().describe('Sessions of it in which anything was judged'),
  judged: z.int(),
  inside: z.int(),
  coverage: z.number().nullable(),
  band: z
    .object({ low: z.number(), high: z.number() })
    .nullable()
    .describe('Where the share lies in 95 of 100 cases when each outcome is inside by itself with the promise'),
});
export type CoverageWindow = z.infer<typeof coverageWindowSchema>;

/** Coverage of one session, for the curve. */
const coverageDaySchema = z.object({
  session: tradeDateSchema,
  judged: z.int(),
  inside: z.int(),
});
export type CoverageDay = z.infer<typeof coverageDaySchema>;

/** Accuracy of the forecasts made at one time of the day. */
const reportedHorizonSchema = z.object({
  horizon: inDayHorizonSchema,
  published: z.int(),
  late: z.int().describe('Made after the time was over: they count for nothing'),
  judged: z.int(),
  inside: z.int(),
  coverage: z.number().nullable(),
  meanWidthBp: z.number().nullable().describe('Mean width of those in time, log(upper / lower)'),
});
export type ReportedHorizon = z.infer<typeof reportedHorizonSchema>;

/** A symbol whose bars end before the session of its forecast, which is of no use then. */
const staleSymbolSchema = z.object({ symbol: z.string(), name: z.string(), lastDate: tradeDateSchema });

export const dailyReportSchema = z.object({
  session: tradeDateSchema,
  revision: z.int().min(1).describe('A later one takes the place of those before it'),
  madeAt: instantSchema,
  synthetic: z.boolean(),
  target: z.number(),
  predictions: z.array(reportedPredictionSchema),
  coverage: z.object({
    day: coverageWindowSchema,
    windows: z.array(coverageWindowSchema).describe('Over 20, 60 and 250 sessions, to this one'),
    series: z.array(coverageDaySchema).describe('The newest 60 sessions, oldest first'),
    live: liveAccuracySchema.describe('Of the newest 250 sessions'),
  }),
  withinDay: z.array(reportedHorizonSchema).describe('By the time of the day'),
  quality: z.object({
    symbols: z.int().describe('Symbols in use'),
    stale: z.array(staleSymbolSchema).describe('Symbols in use without a bar of the session'),
    barsAge: barsAgeSchema.nullable(),
  }),
});
export type DailyReport = z.infer<typeof dailyReportSchema>;

export const reportEntrySchema = dailyReportSchema
  .pick({ session: true, revision: true, madeAt: true, synthetic: true })
  .extend({
    published: z.int().describe('Intervals that stood when the session opened'),
    judged: z.int(),
    inside: z.int(),
    superseded: z.boolean().describe('True where a later revision of the same session is listed'),
  });
export type ReportEntry = z.infer<typeof reportEntrySchema>;

export const reportListSchema = z.object({ reports: z.array(reportEntrySchema) });
export const reportListQuerySchema = z.object({
  limit: z.coerce.number<number | string>().int().min(1).max(1000).default(60),
});
export const reportParametersSchema = z.object({ session: tradeDateSchema });
export const reportFiguresQuerySchema = z.object({
  revision: z.coerce.number<number | string>().int().min(1).optional().describe('Revision; default: the newest'),
});
export const reportPageQuerySchema = reportFiguresQuerySchema.extend({
  language: reportLanguageSchema.optional().describe('Language of the page; default: DAYTRADE_REPORT_LANGUAGE'),
});
