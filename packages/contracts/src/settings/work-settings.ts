import { z } from 'zod';

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
} as const;
