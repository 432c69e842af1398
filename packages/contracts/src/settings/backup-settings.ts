import { z } from 'zod';
import { filePath, wholeSetting } from './setting-types.ts';

/** A place of backups. */
export const backupTargetSchema = z
  .string()
  .regex(
    /^(?:s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w.-]+)*|(?![a-z][a-z0-9+]*:\/\/).+)$/,
    'expected a folder, or s3://BUCKET/PREFIX',
  );

/** The place of backups, and their encryption. */
export const backupSettings = {
  DAYTRADE_BACKUP_TARGET: backupTargetSchema
    .optional()
    .meta({ description: 'Where `daytrade backup` puts backups: a folder, or s3://BUCKET/PREFIX', unit: 'place' }),
  DAYTRADE_BACKUP_KEY_FILE: filePath(
    'File with a key of age that encrypts backups, as `daytrade backup --make-key` writes it; not set: plain files',
  ),
  DAYTRADE_BACKUP_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
    .optional()
    .meta({ description: 'Server that speaks the S3 API, for backups; not set: AWS', unit: 'URL' }),
  DAYTRADE_BACKUP_KEEP: wholeSetting(14, { min: 1, max: 10_000 }).meta({
    description: 'How many backups are kept; a backup that succeeds removes older ones',
    unit: 'backups',
  }),
} as const;
