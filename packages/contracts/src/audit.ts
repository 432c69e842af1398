import { z } from 'zod';
import { symbolSchema, tradeDateSchema } from './primitives.ts';

export const leakKindSchema = z
  .enum(['look-ahead', 'restatement', 'target', 'label', 'split', 'scaler', 'permutation', 'calendar', 'universe'])
  .meta({ description: 'What kind of leak a check looks for' });

/** Starts a leak audit of the ensemble's pipeline on the stored bars, or of the audit itself on planted leaks. */
export const auditRequestSchema = z
  .strictObject({
    probes: z
      .union([z.number().int().min(1).max(10_000), z.literal('all')])
      .default(12)
      .meta({ description: 'Sessions at which the bars are cut and the features computed again; "all" for every one' }),
    symbols: z.array(symbolSchema).min(1).max(5000).optional().meta({ description: 'Default: every symbol with bars' }),
    selfTest: z
      .boolean()
      .default(false)
      .meta({ description: 'Plant leaks on seeded noise and see whether each is caught; needs no bars' }),
  })
  .default({ probes: 12, selfTest: false });
export type AuditRequest = z.infer<typeof auditRequestSchema>;

export const auditReportSchema = z.object({
  pipeline: z.string(),
  synthetic: z.boolean(),
  dataHash: z.string().meta({ description: 'SHA-256 of exactly the bars that were looked at' }),
  from: tradeDateSchema,
  to: tradeDateSchema,
  sessions: z.number().int(),
  symbols: z.number().int(),
  columns: z.number().int(),
  seconds: z.number(),
  passed: z.boolean().meta({ description: 'No alarm, and no check skipped' }),
  alarms: z.array(
    z.object({
      kind: leakKindSchema,
      column: z.string().meta({ description: 'The feature; or label, split, forecast, universe, day, predicted_day' }),
      firstSession: tradeDateSchema.meta({ description: 'The first session at which it shows' }),
      symbol: z.string().optional().meta({ description: 'The symbol of the first row at which it shows' }),
      message: z.string(),
    }),
  ),
  checks: z.array(
    z.object({
      kind: leakKindSchema,
      outcome: z.enum(['passed', 'alarm', 'skipped']),
      examined: z.string().meta({ description: 'What was looked at, or why nothing could be' }),
    }),
  ),
  startUp: z.array(
    z.object({
      column: z.string(),
      declared: z.number().int().nullable().meta({ description: 'Bars before the first value, by definition' }),
      settled: z
        .number()
        .int()
        .nullable()
        .meta({ description: 'Bars from which on an earlier beginning changes nothing; null: more than there were' }),
    }),
  ),
});
export type AuditReport = z.infer<typeof auditReportSchema>;

export const auditSelfTestSchema = z.object({
  seed: z.number().int(),
  planted: z.number().int(),
  caught: z.number().int(),
  falseAlarms: z.number().int().meta({ description: 'Alarms on the same bars without a leak' }),
  passed: z.boolean(),
  leaks: z.array(
    z.object({
      name: z.string(),
      kind: leakKindSchema,
      column: z.string(),
      caught: z.boolean(),
      message: z.string().nullable(),
    }),
  ),
});
export type AuditSelfTest = z.infer<typeof auditSelfTestSchema>;

/** What a finished audit reports as its run's result: one of the two. */
export const auditResultSchema = z.object({
  report: auditReportSchema.nullable(),
  selfTest: auditSelfTestSchema.nullable(),
});
