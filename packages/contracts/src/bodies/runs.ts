import { dayNumber } from '@daytrade/market';
import { z } from 'zod';
import { beginsBeforeItEnds, calendarRange, instantSchema, plainTextSchema, tradeDateSchema } from './primitives.ts';

const runStatusSchema = z.enum([
  'waiting',
  'queued',
  'running',
  'succeeded',
  'failed',
  'timed-out',
  'cancelled',
  'skipped',
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** Progress of a run. `fraction` is 0 to 1; `remainingSeconds` is an estimate. */
const runProgressSchema = z.object({
  stage: z.string(),
  fraction: z.number().min(0).max(1),
  remainingSeconds: z.number().min(0).nullable(),
  message: z.string().nullable(),
});
export type RunProgress = z.infer<typeof runProgressSchema>;

export const jsonObjectSchema = z.record(z.string(), z.unknown());

const runErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
});

/** Run that a scheduled run waited for, and its outcome. */
const dependencySchema = z.object({
  job: z.string(),
  run: z.string().nullable().describe('Id of the run; null when there was none in time'),
  status: runStatusSchema.nullable(),
  message: z.string().nullable().describe('What went wrong with it'),
});
export type Dependency = z.infer<typeof dependencySchema>;

/** One execution of a job, as the ledger keeps it. */
export const runSchema = z.object({
  id: z.string(),
  job: z.string(),
  key: z.string().describe('Identity of the work: the same key never runs twice at once'),
  trigger: z.enum(['schedule', 'manual', 'request', 'misfire', 'replay']),
  status: runStatusSchema,
  requestId: z.string().nullable().default(null).describe('Id of the request that asked for it, as in log lines'),
  attempt: z.int().min(0),
  maxAttempts: z.int().min(1),
  payload: jsonObjectSchema,
  progress: runProgressSchema.nullable(),
  result: jsonObjectSchema.nullable(),
  error: runErrorSchema.nullable(),
  scheduledFor: instantSchema.nullable(),
  queuedAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  replayOf: z.string().nullable().default(null).describe('Id of the run that it repeats'),
  missed: z.int().nullable().default(null).describe('Missed due times before its own, for which it stands'),
  dependencies: z.array(dependencySchema).nullable().default(null).describe('What it waited for'),
});
export type Run = z.infer<typeof runSchema>;

/** The answer of every request that starts a job: 202 with the run to watch. */
export const runAcceptedSchema = z.object({ run: runSchema });
export const runListSchema = z.object({ runs: z.array(runSchema) });

export const runParametersSchema = z.object({
  id: plainTextSchema.min(1).max(100).describe('Id of a run'),
});

export const runQuerySchema = z.object({
  job: plainTextSchema.max(64).optional().describe('Only runs of this job'),
  status: runStatusSchema.optional().describe('Only runs with this status'),
  dead: z.stringbool().optional().describe('Only runs that failed all their attempts, and that no run repeats yet'),
  limit: z.coerce.number<number | string>().int().min(1).max(500).default(50),
});

const pauseSchema = z.object({
  at: instantSchema,
  by: z.string(),
  reason: z.string().nullable(),
  all: z.boolean().describe('Whether every job is paused, not this one alone'),
});

const jobSchema = z.object({
  name: z.string(),
  description: z.string(),
  schedule: z.object({
    type: z.enum(['daily', 'hourly', 'market-hours', 'weekly', 'on-demand', 'continuous']),
    description: z.string().describe('In words, Japan time'),
  }),
  origin: z.enum(['platform', 'changed', 'added']).default('platform').describe('Whether it was changed or added here'),
  enabled: z.boolean(),
  paused: pauseSchema.nullable(),
  waitsFor: z.array(z.string()).describe('Jobs whose run of the same session it waits for'),
  timeoutSeconds: z.number(),
  maxAttempts: z.int(),
  asksFirst: z.boolean().default(false).describe('Whether to ask before it is started by hand'),
  nextRunAt: instantSchema.nullable(),
  lastRun: runSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;
export const jobListSchema = z.object({ jobs: z.array(jobSchema) });

export const jobParametersSchema = z.object({
  name: plainTextSchema.min(1).max(64).describe('Name of a scheduled job or of a job of the queue'),
});

export const jobRunRequestSchema = z
  .strictObject({ payload: z.record(z.string(), z.unknown()).default({}) })
  .default({ payload: {} });

const sessionSchema = z.object({
  date: tradeDateSchema,
  morningOpen: z.string(),
  morningClose: z.string(),
  afternoonOpen: z.string().nullable(),
  continuousClose: z.string().describe('End of continuous trading; before 2024-11-05 the close itself'),
  close: z.string(),
});
const closedDaySchema = z.object({ date: tradeDateSchema, reason: z.string() });
export const sessionListSchema = z.object({
  sessions: z.array(sessionSchema),
  closed: z.array(closedDaySchema),
  now: z.object({
    japanTime: z.string(),
    phase: z.enum(['closed', 'before-open', 'morning', 'lunch', 'afternoon', 'pre-closing', 'after-close']),
    session: tradeDateSchema.nullable(),
    nextSession: tradeDateSchema.nullable(),
  }),
});
/** Days that one answer of the calendar has. */
export const mostSessionDays = 5_000;
export const sessionQuerySchema = z
  .object(calendarRange)
  .superRefine(beginsBeforeItEnds)
  .superRefine(({ from, to }, context) => {
    const days = from === undefined || to === undefined ? 0 : dayNumber(to) - dayNumber(from) + 1;
    if (days <= mostSessionDays) return;
    const message = `expected at most ${mostSessionDays} days from ${from} on, not ${days}`;
    context.addIssue({ code: 'custom', path: ['to'], message });
  });
export type SessionEntry = z.infer<typeof sessionSchema>;
export type SessionList = z.infer<typeof sessionListSchema>;

export const pauseRequestSchema = z.strictObject({
  by: plainTextSchema.min(1).max(200).describe('Who it is'),
  reason: plainTextSchema.max(500).nullable().default(null),
});

const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day as HH:MM')
  .describe('Time of day in Japan, HH:MM');

/** When a job is due; every time of day is Japan time. */
export const scheduleSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('daily'), at: timeOfDaySchema }),
  z.strictObject({ type: z.literal('hourly'), minute: z.int().min(0).max(59) }),
  z.strictObject({
    type: z.literal('weekly'),
    day: z.enum(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']),
    at: timeOfDaySchema,
  }),
  z.strictObject({ type: z.literal('market-hours'), everyMinutes: z.int().min(1).max(150) }),
  z.strictObject({ type: z.literal('continuous'), pauseSeconds: z.number().min(0).max(86_400) }),
]);

const waitSchema = z.strictObject({
  job: plainTextSchema.min(1).max(64),
  ifFailed: z.enum(['skip', 'run']).describe('What is done when that job fails'),
});

/** Settings of one job; what is left out is as the platform has it. */
const jobSettingsSchema = z
  .strictObject({
    queueJob: plainTextSchema.min(1).max(64),
    description: plainTextSchema.min(1).max(200),
    schedule: scheduleSchema,
    payload: jsonObjectSchema.describe('What the job is asked with; checked as the job reads it'),
    waitsFor: z.array(waitSchema).max(20),
    longestWaitSeconds: z.int().min(0).max(86_400),
    enabled: z.boolean().describe('Whether the clock starts it'),
  })
  .partial();
export type JobSettings = z.infer<typeof jobSettingsSchema>;

const jobNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'expected small letters, digits and dashes, beginning with a letter');

/** Settings of jobs, by name of the job. */
export const jobTableSchema = z.record(jobNameSchema, jobSettingsSchema);
