import { z } from 'zod';
import { filePath, secret, wholeSetting } from './setting-types.ts';
import { AddressFault, databaseAddress, objectsAddress, redisServer } from './store-addresses.ts';

export const backupTargetSchema = z
  .string()
  .regex(
    /^(?:s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w.-]+)*|(?![a-z][a-z0-9+]*:\/\/).+)$/,
    'expected a folder, or s3://BUCKET/PREFIX',
  );

const backupSettings = {
  DAYTRADE_BACKUP_TARGET: backupTargetSchema
    .optional()
    .meta({ description: 'Place of backups of `daytrade backup`: a folder, or s3://BUCKET/PREFIX', unit: 'place' }),
  DAYTRADE_BACKUP_KEY_FILE: filePath(
    'File with a key of age that encrypts backups, as `daytrade backup --make-key` writes it; not set: plain files',
  ),
  DAYTRADE_BACKUP_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
    .optional()
    .meta({ description: 'Server that speaks the S3 API, for backups; not set: AWS', unit: 'URL' }),
  DAYTRADE_BACKUP_KEEP: wholeSetting(14, { min: 1, max: 10_000 }).meta({
    description: 'Number of backups that are kept; a backup that succeeds removes older ones',
    unit: 'backups',
  }),
} as const;

function address(read: (text: string) => unknown) {
  return z.string().superRefine((text, context) => {
    try {
      read(text);
    } catch (error) {
      if (!(error instanceof AddressFault)) throw error;
      context.addIssue({ code: 'custom', message: error.message, input: text });
    }
  });
}

/** Stores that the processes of a cluster share; without them one process keeps everything in its state folder. */
export const storeSettings = {
  DAYTRADE_DATABASE_URL: address(databaseAddress)
    .optional()
    .meta({
      description:
        'Database: postgres://USER@HOST:5432/DATABASE or sqlserver://USER@HOST:1433/DATABASE, with the parameters ' +
        'sslmode (verify-full, disable), sslrootcert (file of a CA), authentication (password, aws-iam, azure-entra) ' +
        'and pool (connections of a process, 10); not set: the embedded one',
      unit: 'address',
    }),
  DAYTRADE_DATABASE_PASSWORD: secret('Password of the database user'),
  DAYTRADE_REDIS_URL: address(redisServer)
    .optional()
    .meta({
      description:
        'Redis: rediss://USER@HOST:6379, or redis:// without TLS, with the parameters ca (file of a CA), ' +
        'authentication (password, azure-entra) and prefix (of every key); not set: the queue of the process',
      unit: 'address',
    }),
  DAYTRADE_REDIS_PASSWORD: secret('Password of the Redis user'),
  DAYTRADE_OBJECTS: address(objectsAddress)
    .default('folder')
    .meta({
      description:
        'Store of bars, models and evaluations: folder (the state folder), database (the shared one), ' +
        's3://BUCKET/PREFIX with the parameters region and endpoint, or the URL of a container of Azure Blob Storage',
      unit: 'address',
    }),
  ...backupSettings,
} as const;
