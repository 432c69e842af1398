import { z } from 'zod';
import { backupTargetSchema } from '../settings/store-settings.ts';
import { instantSchema, tradeDateSchema } from './primitives.ts';

/** The contents of a backup in figures. */
const backupCountsSchema = z.object({
  tables: z.number().int(),
  rows: z.number().int(),
  objects: z.number().int(),
  barFiles: z.number().int().meta({ description: 'Bar files among the objects' }),
  bytes: z.number().int().meta({ description: 'Of objects, and of rows as JSON' }),
});

export const backupRequestSchema = z.strictObject({
  dryRun: z.boolean().default(false).meta({ description: 'True only counts what would be sent' }),
  keep: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({ description: 'How many backups stay; default: DAYTRADE_BACKUP_KEEP' }),
  target: backupTargetSchema.optional().meta({
    description: 'Folder, or s3://BUCKET/PREFIX; default: DAYTRADE_BACKUP_TARGET, and the only one beyond loopback',
  }),
});

export const backupResultSchema = z.object({
  ...backupCountsSchema.shape,
  backup: z.string().nullable().meta({ description: 'Its id; null for a dry run' }),
  snapshotAt: instantSchema.meta({ description: 'Everything committed before is in it' }),
  sentBytes: z.number().int().meta({ description: 'Without files that the newest backup had already' }),
  sentFiles: z.number().int().default(0),
  removed: z.array(z.string()).meta({ description: 'Ids of older backups that were removed' }),
  seconds: z.number(),
});

/** A published session whose predictions the restored model repeats exactly. */
const replayedSchema = z.object({
  session: tradeDateSchema,
  modelVersion: z.string(),
  predictions: z.number().int(),
});
export type Replayed = z.infer<typeof replayedSchema>;

export const restoreDrillResultSchema = z.object({
  ...backupCountsSchema.shape,
  backup: z.string(),
  snapshotAt: instantSchema,
  rtoSeconds: z.number().meta({ description: 'From the first request to a verified state' }),
  rpoSeconds: z
    .number()
    .meta({ description: 'Age of the snapshot when the drill began: the work that a loss would cost' }),
  replayed: replayedSchema.nullable().meta({ description: 'null before the first publication' }),
});
export type RestoreDrillResult = z.infer<typeof restoreDrillResultSchema>;
