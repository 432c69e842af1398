import { z } from 'zod';

const port = (fallback: number, what: string) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(fallback)
    .meta({ description: `${what}; 0 takes a free one`, unit: 'port' });

/**
 * Every setting, each read once from the environment variable of its name by `parseSettings`.
 * The metadata is what `daytrade doctor` and `docs/settings.md` print.
 */
export const settingsSchema = z.object({
  DAYTRADE_STATE_DIR: z
    .string()
    .min(1)
    .default('.day-trade')
    .meta({ description: 'Folder of bars, models and the database', unit: 'path' }),
  DAYTRADE_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .meta({ description: 'Address to listen on; beyond loopback a token is required', unit: 'address' }),
  DAYTRADE_TOKEN: z
    .string()
    .min(24, 'expected at least 24 characters')
    .optional()
    .meta({ description: 'Bearer token that every request must carry', unit: 'secret', secret: true }),
  DAYTRADE_ML_PORT: port(8000, 'Port of the ML service'),
  DAYTRADE_DATA_PORT: port(8001, 'Port of the data service'),
  DAYTRADE_SCHEDULER_PORT: port(8002, 'Port of the scheduler service'),
  DAYTRADE_DASHBOARD_PORT: port(8080, 'Port of the web page'),
  DAYTRADE_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .meta({ description: 'Least severe log line that is written' }),
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
  DAYTRADE_DRAIN_SECONDS: z.coerce
    .number()
    .min(0)
    .max(600)
    .default(10)
    .meta({ description: 'How long open requests may take after SIGTERM', unit: 'seconds' }),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;
