import { z } from 'zod';

/** What a process tells about itself. */
export const observationSettings = {
  DAYTRADE_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .meta({ description: 'Least severe log line that is written' }),
  DAYTRADE_CLOUDWATCH_METRICS: z.stringbool().default(false).meta({
    description: 'Whether metrics are written to standard output as CloudWatch embedded metric format lines',
  }),
  DAYTRADE_CLOUDWATCH_NAMESPACE: z
    .string()
    .regex(/^[\w./#:-]{1,255}$/, 'expected letters, digits and . - _ / # :')
    .default('DayTrade')
    .meta({ description: 'Namespace of the metrics in CloudWatch', unit: 'name' }),
} as const;
