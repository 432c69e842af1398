import { z } from 'zod';
import { reportLanguageSchema } from '../reports.ts';

/** What runs, and how much of it. */
export const workSettings = {
  DAYTRADE_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Worker threads for computations; default: the number of processors', unit: 'threads' }),
  DAYTRADE_SCHEDULER_ENABLED: z.stringbool().default(true).meta({ description: 'Whether jobs start by the clock' }),
  DAYTRADE_AUTOMATIC_TRADING: z
    .stringbool()
    .default(false)
    .meta({ description: 'Whether the scheduler may start automatic trading; off unless switched on' }),
  DAYTRADE_REPORT_LANGUAGE: reportLanguageSchema
    .default('en')
    .meta({ description: 'Language of the daily report and of notices where nobody asks for another' }),
} as const;
