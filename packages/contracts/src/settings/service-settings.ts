import { z } from 'zod';
import { filePath, listenPort, serviceUrl, wholeSetting } from './setting-types.ts';

/** Chance makes fewer once in a million tokens of 24 digits. */
const fewestDifferent = 6;

function token(description: string) {
  return z
    .string()
    .min(24, 'expected at least 24 characters')
    .regex(
      /^[!-~]+$/,
      'expected letters, digits and signs of ASCII alone, since no header carries a space or another character',
    )
    .refine(
      (text) => new Set(text).size >= fewestDifferent,
      `expected at least ${fewestDifferent} different characters; \`openssl rand -hex 24\` makes a good one`,
    )
    .optional()
    .meta({ description, unit: 'secret', secret: true });
}

const firstPort = 8000;
/** Ports of the parts, as distances from `DAYTRADE_PORT`. */
export const portOffsets = {
  DAYTRADE_ML_PORT: 0,
  DAYTRADE_DATA_PORT: 1,
  DAYTRADE_SCHEDULER_PORT: 2,
  DAYTRADE_WORKER_PORT: 3,
  DAYTRADE_DASHBOARD_PORT: 80,
} as const;

function partPort(name: keyof typeof portOffsets, what: string) {
  const offset = portOffsets[name];
  return listenPort(firstPort + offset, `${what}; not set: DAYTRADE_PORT${offset === 0 ? '' : ` + ${offset}`}`);
}

/** One process: where it listens, who may ask, how it ends. */
export const serviceSettings = {
  DAYTRADE_HOME: filePath('Folder of day-trade.toml and of a relative state folder; not set: the clone'),
  DAYTRADE_SETTINGS_FILE: filePath(
    'File with settings, TOML; not set: day-trade.toml in DAYTRADE_HOME, if it is there',
  ),
  DAYTRADE_STATE_DIR: z
    .string()
    .min(1)
    .default('.day-trade')
    .meta({ description: 'Folder of bars, models and the database; scratch space on a shared database', unit: 'path' }),
  DAYTRADE_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .meta({ description: 'Address to listen on; beyond loopback a token is required', unit: 'address' }),
  DAYTRADE_TOKEN: token('Bearer token that every request must carry'),
  DAYTRADE_READ_TOKEN: token('Another bearer token, with which requests read and change nothing'),
  DAYTRADE_TLS_CERTIFICATE_FILE: filePath(
    'Certificate with which services and page speak TLS, PEM; read again when it changes; not set: no TLS',
  ),
  DAYTRADE_TLS_KEY_FILE: filePath('Key of DAYTRADE_TLS_CERTIFICATE_FILE, PEM'),
  DAYTRADE_TLS_CA_FILE: filePath(
    'Authority that commands and page trust beside the well-known ones where a URL begins with https, PEM',
  ),
  DAYTRADE_MAX_CONNECTIONS: wholeSetting(1_000, { min: 1, max: 100_000 }).meta({
    description:
      'Connections that a service or the page keeps open at once; beyond them those without a request are closed',
    unit: 'connections',
  }),
  DAYTRADE_MAX_IN_FLIGHT: wholeSetting(16, { min: 1, max: 10_000 }).meta({
    description:
      'Requests that a service or the page answers at once; 32 times as many wait 5 s at most, the others get 503',
    unit: 'requests',
  }),
  DAYTRADE_PORT: wholeSetting(firstPort, { min: 0, max: 65_535 - portOffsets.DAYTRADE_DASHBOARD_PORT }).meta({
    description: 'Port from which those of the services and the page are counted; 0 takes free ones',
    unit: 'port',
  }),
  DAYTRADE_ML_PORT: partPort('DAYTRADE_ML_PORT', 'Port of the ML service'),
  DAYTRADE_DATA_PORT: partPort('DAYTRADE_DATA_PORT', 'Port of the data service'),
  DAYTRADE_SCHEDULER_PORT: partPort('DAYTRADE_SCHEDULER_PORT', 'Port of the scheduler service'),
  DAYTRADE_WORKER_PORT: partPort('DAYTRADE_WORKER_PORT', 'Port of the worker: health and metrics'),
  DAYTRADE_DASHBOARD_PORT: partPort('DAYTRADE_DASHBOARD_PORT', 'Port of the web page'),
  DAYTRADE_ML_URL: serviceUrl('Where the page and the commands find the ML service'),
  DAYTRADE_DATA_URL: serviceUrl('Where the page and the commands find the data service'),
  DAYTRADE_SCHEDULER_URL: serviceUrl('Where the page and the commands find the scheduler service'),
  DAYTRADE_DRAIN_PAUSE_SECONDS: z.coerce
    .number()
    .min(0)
    .max(600)
    .default(0)
    .meta({ description: 'How long requests are served on after SIGTERM while readiness fails', unit: 'seconds' }),
  DAYTRADE_DRAIN_SECONDS: z.coerce
    .number()
    .min(0)
    .max(600)
    .default(10)
    .meta({ description: 'How long open requests and runs may take after SIGTERM', unit: 'seconds' }),
} as const;
