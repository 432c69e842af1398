import { z } from 'zod';
import type { ServiceName } from '../addresses.ts';
import { drainSeconds, filePath, wholeSetting } from './setting-types.ts';

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

/** Distances of the parts' ports from `DAYTRADE_PORT`. */
export const portOffsets = { ml: 0, data: 1, scheduler: 2, worker: 3, dashboard: 80 } as const;

/** Returns the port of a part; 0 takes a free one. */
export function portOf(
  { DAYTRADE_PORT: first }: { readonly DAYTRADE_PORT: number },
  part: keyof typeof portOffsets,
): number {
  return first === 0 ? 0 : first + portOffsets[part];
}

const serviceUrl = z.url({ protocol: /^https?$/ });
const inList = ['ml', 'data', 'scheduler'] as const;

/**
 * Reads where the three services are; undefined where the text does not say it.
 *
 * @example serviceUrls('https://day-trade.example') // the same for all three
 * @example serviceUrls('ml=http://ml:8000,data=http://data:8001,scheduler=http://scheduler:8002')
 */
export function serviceUrls(text: string): Readonly<Record<ServiceName, string>> | undefined {
  if (serviceUrl.safeParse(text).success) return { ml: text, data: text, scheduler: text };
  const entries = text.split(',').map((entry) => [entry.split('=')[0], entry.slice(entry.indexOf('=') + 1)]);
  const urls = Object.fromEntries(entries) as Record<ServiceName, string>;
  const isWhole = entries.length === inList.length && inList.every((name) => serviceUrl.safeParse(urls[name]).success);
  return isWhole ? urls : undefined;
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
  DAYTRADE_USER_FOLDER: z.string().min(1).default('user').meta({
    description: 'Folder with strategies, features and members of your own, as strategies/NAME.ts',
    unit: 'path',
  }),
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
  DAYTRADE_PORT: wholeSetting(8000, { min: 0, max: 65_535 - portOffsets.dashboard }).meta({
    description:
      'Port of the ML service, from which the others are counted: data + 1, scheduler + 2, worker + 3, page + 80; ' +
      '0 takes free ones. `serve --port` moves one part alone',
    unit: 'port',
  }),
  DAYTRADE_SERVICES: z
    .string()
    .refine(
      (text) => serviceUrls(text) !== undefined,
      'expected one http or https URL, or one each, as ml=http://ml-service:8000,data=http://data-service:8001,' +
        'scheduler=http://scheduler-service:8002',
    )
    .optional()
    .meta({
      description: 'Addresses of the services for page and commands: one URL, or ml=URL,data=URL,scheduler=URL',
      unit: 'URLs',
    }),
  DAYTRADE_DRAIN_PAUSE_SECONDS: drainSeconds(
    0,
    'Time after SIGTERM in which requests are served while readiness fails',
  ),
  DAYTRADE_DRAIN_SECONDS: drainSeconds(10, 'Time that open requests and runs may take after SIGTERM'),
} as const;

export const pageSettings = {
  DAYTRADE_LANGUAGE: z
    .enum(['ja', 'en'])
    .optional()
    .describe(
      'Language of the page until its reader chooses one, and of the command line; not set: ' +
        "the browser's, the machine's",
    ),
} as const;

/** Secrets that the process reads from Azure Key Vault when it starts, by its managed identity. */
export const keyVaultSettings = {
  DAYTRADE_KEY_VAULT_URL: z
    .url({
      protocol: /^https?$/,
      hostname: /^[a-z0-9-]+\.vault\.azure\.net$|^127\.0\.0\.1$/i,
      error: 'expected the URL of a Key Vault, for example https://example.vault.azure.net',
    })
    .refine((url) => url.startsWith('https:') || url.startsWith('http://127.0.0.1'), 'expected https')
    .optional()
    .meta({ description: 'Azure Key Vault with the secrets of DAYTRADE_KEY_VAULT_SECRETS', unit: 'URL' }),
  DAYTRADE_KEY_VAULT_SECRETS: z
    .string()
    .regex(
      /^DAYTRADE_[A-Z0-9_]+=[A-Za-z0-9-]{1,127}(,DAYTRADE_[A-Z0-9_]+=[A-Za-z0-9-]{1,127})*$/,
      'expected settings with names of secrets, for example DAYTRADE_TOKEN=token,DAYTRADE_DATABASE_PASSWORD=database',
    )
    .optional()
    .meta({
      description: 'Settings that are read from Key Vault at the start, each with the name of its secret there',
      unit: 'setting=name, …',
    }),
} as const;
