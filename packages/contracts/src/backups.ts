import { z } from 'zod';
import { instantSchema, tradeDateSchema } from './primitives.ts';

/** What a backup holds. */
const backupCountsSchema = z.object({
  tables: z.number().int(),
  rows: z.number().int(),
  objects: z.number().int(),
  barFiles: z.number().int().meta({ description: 'Files of bars among the objects' }),
  bytes: z.number().int().meta({ description: 'Of objects, and of rows as JSON' }),
});

export const backupRequestSchema = z.strictObject({
  dryRun: z.boolean().default(false).meta({ description: 'Whether only to say what would be sent' }),
  keep: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({ description: 'How many backups stay; default: DAYTRADE_BACKUP_KEEP' }),
});

export const backupResultSchema = z.object({
  ...backupCountsSchema.shape,
  backup: z.string().nullable().meta({ description: 'Its id; null for a dry run' }),
  snapshotAt: instantSchema.meta({ description: 'What was committed before is in it' }),
  sentBytes: z.number().int().meta({ description: 'Encrypted; what was there already is not sent again' }),
  sentPieces: z.number().int(),
  removed: z.array(z.string()).meta({ description: 'Ids of older backups that were removed' }),
  seconds: z.number(),
});

/** A published session whose predictions came out again, figure by figure, from the restored model and bars. */
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
  rtoSeconds: z.number().meta({ description: 'From the first request to a state that was verified' }),
  rpoSeconds: z.number().meta({ description: 'Age of the snapshot when the drill began: what would have been lost' }),
  replayed: replayedSchema.nullable().meta({ description: 'null where nothing was published yet' }),
});
export type RestoreDrillResult = z.infer<typeof restoreDrillResultSchema>;
