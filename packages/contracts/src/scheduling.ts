import { z } from 'zod';
import { beginsBeforeItEnds, calendarDateSchema } from './calendar-range.ts';
import { instantSchema, plainTextSchema } from './primitives.ts';
import { jsonObjectSchema, runStatusSchema } from './runs.ts';

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

const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day as HH:MM')
  .meta({ description: 'Time of day in Japan, HH:MM' });

/** When a job is due; every time of day is Japan time. */
export const scheduleSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('daily'), at: timeOfDaySchema }),
  z.strictObject({ type: z.literal('hourly'), minute: z.number().int().min(0).max(59) }),
  z.strictObject({
    type: z.literal('weekly'),
    day: z.enum(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']),
    at: timeOfDaySchema,
  }),
  z.strictObject({ type: z.literal('market-hours'), everyMinutes: z.number().int().min(1).max(150) }),
  z.strictObject({ type: z.literal('continuous'), pauseSeconds: z.number().min(0).max(86_400) }),
]);

const waitSchema = z.strictObject({
  job: plainTextSchema.min(1).max(64),
  ifFailed: z.enum(['skip', 'run']).meta({ description: 'What is done when that job fails' }),
});

/** Settings of one job; what is left out is as the platform has it. */
const jobSettingsSchema = z
  .strictObject({
    queueJob: plainTextSchema.min(1).max(64),
    description: plainTextSchema.min(1).max(200),
    schedule: scheduleSchema,
    payload: jsonObjectSchema.meta({ description: 'What the job is asked with; checked as the job reads it' }),
    misfirePolicy: z.enum(['skip', 'run-once', 'run-all']),
    misfireGraceSeconds: z.number().int().min(1).max(604_800),
    waitsFor: z.array(waitSchema).max(20),
    longestWaitSeconds: z.number().int().min(0).max(86_400),
    enabled: z.boolean().meta({ description: 'Whether the clock starts it' }),
  })
  .partial();
export type JobSettings = z.infer<typeof jobSettingsSchema>;

const jobNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'expected small letters, digits and dashes, beginning with a letter');

/** Settings of jobs, by name of the job. */
export const jobTableSchema = z.record(jobNameSchema, jobSettingsSchema);
