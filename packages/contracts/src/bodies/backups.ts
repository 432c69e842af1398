import { z } from 'zod';
import { backupTargetSchema } from '../settings/store-settings.ts';
import { instantSchema, tradeDateSchema } from './primitives.ts';

const backupCountsSchema = z.object({
  tables: z.int(),
  rows: z.int(),
  objects: z.int(),
  barFiles: z.int().describe('Bar files among the objects'),
  bytes: z.int().describe('Of objects, and of rows as JSON'),
});

export const backupRequestSchema = z.strictObject({
  dryRun: z.boolean().default(false).describe('True only counts what would be sent'),
  keep: z.int().min(1).max(10_000).optional().describe('How many backups stay; default: DAYTRADE_BACKUP_KEEP'),
  target: backupTargetSchema.optional().describe('Folder, or s3://BUCKET/PREFIX; default: DAYTRADE_BACKUP_TARGET'),
});

export const backupResultSchema = z.object({
  ...backupCountsSchema.shape,
  backup: z.string().nullable().describe('Its id; null for a dry run'),
  snapshotAt: instantSchema.describe('Everything committed before is in it'),
  sentBytes: z.int().describe('Without files that the newest backup had already'),
  sentFiles: z.int().default(0),
  removed: z.array(z.string()).describe('Ids of older backups that were removed'),
  seconds: z.number(),
});

/** A published session whose predictions the restored model repeats exactly. */
const replayedSchema = z.object({
  session: tradeDateSchema,
  modelVersion: z.string(),
  predictions: z.int(),
});
export type Replayed = z.infer<typeof replayedSchema>;

export const restoreDrillResultSchema = z.object({
  ...backupCountsSchema.shape,
  backup: z.string(),
  snapshotAt: instantSchema,
  rtoSeconds: z.number().describe('From the first request to a verified state'),
  rpoSeconds: z.number().describe('Age of the snapshot when the drill began: the work that a loss would cost'),
  replayed: replayedSchema.nullable().describe('null before the first publication'),
});
export type RestoreDrillResult = z.infer<typeof restoreDrillResultSchema>;
