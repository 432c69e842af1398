import { z } from 'zod';
import { leftOutSchema, symbolSchema, tradeDateSchema } from './primitives.ts';

/**
 * The kinds of leak:
 * - `look-ahead`: a feature changes when the bars after its session are taken away
 * - `restatement`: a feature changes when prices are restated as a later split or dividend restates them
 * - `target`: a feature is the label, or follows it more closely than any forecast can
 * - `label`: the label begins before the close the features end with, or holds nothing that comes after it
 * - `split`: a training row's label overlaps a judged row, lies in its embargo, or comes after it
 * - `scaler`: a statistic of the training was computed with other rows than those of the training
 * - `permutation`: a training on permuted labels forecasts the real ones
 * - `calendar`: a row carries another date than that of its bars, or predicts another session than the next
 * - `universe`: which symbols take part in a session depends on bars after it
 * - `within-day`: what a forecast within the day knows changes when what followed its time is changed
 */
const leakKindSchema = z
  .enum([
    'look-ahead',
    'restatement',
    'target',
    'label',
    'split',
    'scaler',
    'permutation',
    'calendar',
    'universe',
    'within-day',
  ])
  .describe('What kind of leak a check looks for');
export type LeakKind = z.infer<typeof leakKindSchema>;

const leakAlarmSchema = z.object({
  kind: leakKindSchema,
  column: z.string().describe('The feature; or label, split, forecast, universe, day, predicted_day'),
  firstSession: tradeDateSchema.describe('The first session, of those examined, at which it shows'),
  symbol: z.string().optional().describe('The symbol of the first row at which it shows'),
  message: z.string(),
});
export type LeakAlarm = z.infer<typeof leakAlarmSchema>;

/** Result of one check. A check that had too little to look at is skipped, which is not passed. */
const auditCheckSchema = z.object({
  kind: leakKindSchema,
  outcome: z.enum(['passed', 'alarm', 'skipped']),
  examined: z.string().describe('What was looked at, or why nothing could be'),
});
export type AuditCheck = z.infer<typeof auditCheckSchema>;

export const auditRequestSchema = z
  .strictObject({
    probes: z
      .union([z.int().min(1).max(10_000), z.literal('all')])
      .default(12)
      .describe('Sessions at which the bars are cut and the features computed again; "all" for every one'),
    symbols: z.array(symbolSchema).min(1).max(5000).optional().describe('Default: every symbol with bars'),
  })
  .default({ probes: 12 });

/** The findings of a leak audit, and of which bars they are. */
export const auditReportSchema = z.object({
  pipeline: z.string(),
  synthetic: z.boolean(),
  dataHash: z.string().describe('SHA-256 of exactly the bars that were looked at'),
  from: tradeDateSchema,
  to: tradeDateSchema,
  sessions: z.int(),
  symbols: z.int(),
  columns: z.int(),
  seconds: z.number(),
  passed: z.boolean().describe('No alarm, and no check skipped'),
  alarms: z.array(leakAlarmSchema).readonly(),
  checks: z.array(auditCheckSchema).readonly(),
});
export type AuditReport = z.infer<typeof auditReportSchema>;

export const auditResultSchema = z.object({
  report: auditReportSchema,
  leftOut: leftOutSchema.default([]),
});
