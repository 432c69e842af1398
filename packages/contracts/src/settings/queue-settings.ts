import { z } from 'zod';
import { filePath, hostName, secret, serverPort, tlsMode } from './setting-types.ts';

/** The shared queue; without a host runs are queued in the process. */
export const queueSettings = {
  DAYTRADE_REDIS_HOST: hostName('Host of Redis; not set: the queue in the process'),
  DAYTRADE_REDIS_PORT: serverPort(6379, 'Port of Redis'),
  DAYTRADE_REDIS_USERNAME: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'User of Redis; not set: the default user', unit: 'name' }),
  DAYTRADE_REDIS_PASSWORD: secret('Password of the Redis user'),
  DAYTRADE_REDIS_AUTHENTICATION: z
    .enum(['password', 'azure-entra'])
    .default('password')
    .meta({ description: 'How the user of Redis proves itself: by its password, or by tokens of its Azure identity' }),
  DAYTRADE_REDIS_TLS: tlsMode('Redis'),
  DAYTRADE_REDIS_CA_FILE: filePath("File of the CA of Redis' certificate; not set: the well-known CAs"),
  DAYTRADE_REDIS_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'expected 1 to 40 letters, digits, - or _')
    .default('daytrade')
    .meta({ description: 'Beginning of every key in Redis', unit: 'name' }),
} as const;
