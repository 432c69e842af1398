import { z } from 'zod';
import { beginsBeforeItEnds, calendarDateSchema } from './calendar-range.ts';
import { instantSchema, plainTextSchema } from './primitives.ts';
import { runStatusSchema } from './runs.ts';

/** Who pauses or resumes jobs, and why; kept with the switch. */
export const pauseRequestSchema = z.strictObject({
  by: plainTextSchema.min(1).max(200).meta({ description: 'Who it is' }),
  reason: plainTextSchema.max(500).nullable().default(null),
});

/** A range of days that a job is to be made up for. */
export const backfillRequestSchema = z
  .strictObject({
    from: calendarDateSchema,
    to: calendarDateSchema,
    replays: z.boolean().default(true).meta({ description: 'Whether runs that failed are repeated' }),
    dryRun: z.boolean().default(false).meta({ description: 'Whether only to say what would be started' }),
  })
  .superRefine(beginsBeforeItEnds);

const backfillEntrySchema = z.object({
  key: z.string(),
  scheduledFor: instantSchema,
  action: z.enum(['start', 'replay', 'under-way', 'done']).meta({
    description: 'What it needs: a run, another one after a failure, or nothing, since one has not ended or succeeded',
  }),
  started: z.boolean().meta({ description: 'Whether this request started a run of it' }),
  run: z.string().nullable().meta({ description: 'Id of its newest run' }),
  status: runStatusSchema.nullable(),
});
export type BackfillEntry = z.infer<typeof backfillEntrySchema>;

export const backfillSchema = z.object({
  entries: z.array(backfillEntrySchema),
  left: z.number().int().meta({ description: 'Due times that still need a run: there was no room for more' }),
});
