import { z } from 'zod';
import { beginsBeforeItEnds, calendarDateSchema } from './calendar-range.ts';
import { instantSchema, plainTextSchema } from './primitives.ts';
import { jobSchema, jsonObjectSchema, runStatusSchema } from './runs.ts';

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

/** What of a job can be set. */
const jobFields = {
  description: plainTextSchema.min(1).max(200),
  schedule: scheduleSchema,
  payload: jsonObjectSchema.meta({ description: 'What the job is asked with; checked as the job reads it' }),
  misfirePolicy: z.enum(['skip', 'run-once', 'run-all']),
  misfireGraceSeconds: z.number().int().min(1).max(604_800),
  waitsFor: z.array(waitSchema).max(20),
  longestWaitSeconds: z.number().int().min(0).max(86_400),
  enabled: z.boolean().meta({ description: 'Whether the clock starts it; stays as it is after a restart' }),
} as const;

/** What was set of a job; what is not there is as the platform has it. */
export const jobSettingsSchema = z.strictObject({ queueJob: plainTextSchema.min(1).max(64), ...jobFields }).partial();
export type JobSettings = z.infer<typeof jobSettingsSchema>;

/** Who changes a job, why, and whether only to check it. */
const changeOfJob = {
  by: plainTextSchema.min(1).max(200).meta({ description: 'Who it is' }),
  reason: plainTextSchema.max(500).nullable().default(null),
  dryRun: z.boolean().default(false).meta({ description: 'Whether only to check it and to say what would change' }),
} as const;

const jobNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'expected small letters, digits and dashes, beginning with a letter')
  .meta({ description: 'Name of the new job' });

export const jobAdditionSchema = z.strictObject({
  name: jobNameSchema,
  queueJob: plainTextSchema.min(1).max(64).meta({ description: 'The job of the queue that it starts, as data-update' }),
  schedule: scheduleSchema,
  ...z.object(jobFields).omit({ schedule: true }).partial().shape,
  ...changeOfJob,
});
export type JobAddition = z.infer<typeof jobAdditionSchema>;

export const jobChangeRequestSchema = z
  .strictObject({ ...z.object(jobFields).partial().shape, ...changeOfJob })
  .refine((request) => Object.keys(jobFields).some((field) => field in request), {
    path: ['schedule'],
    message: `expected one of ${Object.keys(jobFields).join(', ')} to change`,
  });
export type JobChangeRequest = z.infer<typeof jobChangeRequestSchema>;

/** What is set of jobs, as a file has it: settings over those of the platform, and jobs that were added. */
export const jobFileSchema = z.strictObject({
  jobs: z.record(jobNameSchema, jobSettingsSchema).meta({
    description: 'By name of the job, what is set of it; {} for one of the platform that is as the platform has it',
  }),
});
export type JobFile = z.infer<typeof jobFileSchema>;

export const jobImportRequestSchema = z.strictObject({
  ...jobFileSchema.shape,
  replace: z.boolean().default(false).meta({
    description: 'Whether jobs that are not named become what the platform has, and added ones are removed',
  }),
  ...changeOfJob,
});

export const jobResetRequestSchema = z.strictObject(changeOfJob);

/** One change of a job, as it is kept. */
const jobChangeSchema = z.object({
  at: instantSchema,
  by: z.string(),
  job: z.string(),
  action: z.enum(['added', 'changed', 'removed', 'reset']).meta({
    description: 'reset: a job of the platform that is again as the platform has it',
  }),
  before: jobSettingsSchema.nullable().meta({ description: 'What was set before; null when nothing was' }),
  after: jobSettingsSchema.nullable().meta({ description: 'What is set since; null when nothing is' }),
  reason: z.string().nullable(),
});
export type JobChange = z.infer<typeof jobChangeSchema>;

export const jobChangedSchema = z.object({
  dryRun: z.boolean(),
  change: jobChangeSchema.nullable().meta({ description: 'null where nothing is other than before' }),
  job: jobSchema.nullable().meta({ description: 'The job as it is then; null when it is no more, and in a dry run' }),
});
export const jobsImportedSchema = z.object({
  dryRun: z.boolean(),
  changes: z.array(jobChangeSchema).meta({ description: 'What is other than before; none where nothing is' }),
});
export const jobChangeListSchema = z.object({
  changes: z.array(jobChangeSchema).meta({ description: 'Newest first' }),
});
export const jobChangesQuerySchema = z.object({
  job: plainTextSchema.max(64).optional(),
  limit: z.coerce.number<number | string>().int().min(1).max(500).default(50),
});
