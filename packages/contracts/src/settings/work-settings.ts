import { z } from 'zod';
import { reportLanguageSchema } from '../reports.ts';
import { jobTableSchema } from '../scheduling.ts';

/** How long something is kept. */
function keptFor(what: string) {
  return z.coerce
    .number()
    .int()
    .min(30)
    .max(36_500)
    .default(365)
    .meta({ description: `How long ${what} are kept; the job retention removes older ones`, unit: 'days' });
}

/** The table of jobs, as JSON. */
const jobTable = z
  .string()
  .default('{}')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: 'custom', message: 'expected a JSON object of jobs by their names', input: text });
      return z.NEVER;
    }
  })
  .pipe(jobTableSchema);

/** What runs, how much of it, and how long it is kept. */
export const workSettings = {
  DAYTRADE_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Worker threads for computations; default: the number of processors', unit: 'threads' }),
  DAYTRADE_SCHEDULER_ENABLED: z.stringbool().default(true).meta({ description: 'Whether jobs start by the clock' }),
  DAYTRADE_JOBS: jobTable.meta({
    description: 'Jobs on the clock, changed or added; in the file a section for each, in the environment JSON',
    unit: 'JSON',
  }),
  DAYTRADE_REPORT_LANGUAGE: reportLanguageSchema
    .default('en')
    .meta({ description: 'Language of reports, tear sheets and notices; not set: DAYTRADE_LANGUAGE' }),
  DAYTRADE_KEEP_RUNS_DAYS: keptFor('runs that have ended, without restore drills,'),
  DAYTRADE_KEEP_REPORTS_DAYS: keptFor('daily reports and selections, but for the newest,'),
  DAYTRADE_KEEP_NOTICES_DAYS: keptFor('notices, but for those that wait,'),
  DAYTRADE_KEEP_EVALUATIONS_DAYS: keptFor('evaluations, but for the newest,'),
  DAYTRADE_KEEP_MODELS_DAYS: keptFor('models that never were live and that no prediction names'),
} as const;
