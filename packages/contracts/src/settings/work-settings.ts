import { z } from 'zod';
import { noticeKinds } from '../bodies/notices.ts';
import { reportLanguageSchema } from '../bodies/reports.ts';
import { jobTableSchema } from '../bodies/runs.ts';
import { wholeSetting } from './setting-types.ts';

/** Reads `name=value` pairs with commas between them; undefined for another text, or a name twice. */
function pairsIn(text: string): ReadonlyMap<string, string> | undefined {
  const pairs = text.split(',').map((pair) => pair.split('='));
  const isWhole =
    pairs.every((pair) => pair.length === 2) && new Set(pairs.map(([name]) => name)).size === pairs.length;
  return isWhole ? new Map(pairs as [string, string][]) : undefined;
}

const usualDays = 365;
const keptSchema = z
  .object(
    Object.fromEntries(
      ['runs', 'reports', 'notices', 'evaluations', 'models'].map((what) => [
        what,
        z.coerce.number().int().min(30).max(36_500).default(usualDays),
      ]),
    ) as Record<'runs' | 'reports' | 'notices' | 'evaluations' | 'models', z.ZodDefault<z.ZodCoercedNumber>>,
  )
  .strict();

/**
 * Reads for how many days each kind of record is kept; undefined where the text does not say it.
 *
 * @example keptDays('90').runs // 90
 * @example keptDays('models=90').runs // 365
 */
export function keptDays(text: string): z.infer<typeof keptSchema> | undefined {
  const names = Object.keys(keptSchema.shape);
  const given = /^\d+$/.test(text) ? new Map(names.map((name) => [name, text])) : pairsIn(text);
  return given && keptSchema.safeParse(Object.fromEntries(given)).data;
}

const scalingSchema = z
  .strictObject({
    deployment: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
      .default('worker'),
    min: z.coerce.number().int().min(1).max(1000).default(1),
    max: z.coerce.number().int().min(1).max(1000).default(4),
    runs: z.coerce.number().int().min(1).max(1000).default(2),
  })
  .refine(({ min, max }) => min <= max);

/**
 * Reads how the scheduler service scales the workers; undefined where the text does not say it.
 *
 * @example workerScaling('max=8') // { deployment: 'worker', min: 1, max: 8, runs: 2 }
 */
export function workerScaling(text: string): z.infer<typeof scalingSchema> | undefined {
  const given = pairsIn(text);
  return given && scalingSchema.safeParse(Object.fromEntries(given)).data;
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

export const workSettings = {
  DAYTRADE_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Worker threads for computations; default: the number of processors', unit: 'threads' }),
  DAYTRADE_SCHEDULER_ENABLED: z.stringbool().default(true).describe('Starts jobs by the clock'),
  DAYTRADE_JOBS: jobTable.meta({
    description: 'Jobs on the clock, changed or added; in the file a section for each, in the environment JSON',
    unit: 'JSON',
  }),
  DAYTRADE_REPORT_LANGUAGE: reportLanguageSchema
    .default('en')
    .describe('Language of reports, tear sheets and notices; not set: DAYTRADE_LANGUAGE'),
  DAYTRADE_KEEP_DAYS: z
    .string()
    .refine(
      (text) => keptDays(text) !== undefined,
      'expected a number from 30 to 36500, or numbers as runs=365,reports=365,notices=365,evaluations=365,models=365',
    )
    .default(String(usualDays))
    .meta({
      description:
        'Days that ended runs, daily reports, notices, evaluations, and models that never were live are kept: one ' +
        'number, or some of runs=N,reports=N,notices=N,evaluations=N,models=N. The job retention removes older ones',
      unit: 'days',
    }),
  DAYTRADE_WORKER_SCALING: z
    .string()
    .refine(
      (text) => workerScaling(text) !== undefined,
      'expected some of deployment=worker,min=1,max=4,runs=2, with min at most max',
    )
    .optional()
    .meta({
      description:
        'Scaling of the workers by the scheduler service (Kubernetes only): their Deployment, fewest and most ' +
        'workers, and the unfinished runs for which one worker is enough, as deployment=worker,min=1,max=4,runs=2',
      unit: 'name=value, …',
    }),
} as const;

/** Notices travel to this address: in clear on this machine alone. */
const receiver =
  /^(?:https:\/\/[\w.:[\]-]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?)(?:[/?][!-~]*)?$/i;
const mailServer = /^smtps?:\/\/(?:[^\s@/]+@)?[\w.:[\]-]+\/?$/i;
const mailbox = '[^\\s@,<>"]+@[^\\s@,<>"]+';
const kind = noticeKinds.join('|');

const receiverUrl = (what: string) =>
  z
    .string()
    .regex(receiver, 'expected an https URL; http on loopback alone')
    .optional()
    .meta({ description: what, unit: 'secret', secret: true });

/** Settings of notices. Without a receiver there are none. */
export const noticeSettings = {
  DAYTRADE_NOTICES: z
    .string()
    .regex(new RegExp(`^(?:all|none|(?:${kind})(?:,(?:${kind}))*)$`), `expected all, none, or ${noticeKinds.join(',')}`)
    .default('all')
    .meta({ description: `Notices that are sent: all, none, or some of ${noticeKinds.join(', ')}`, unit: 'kinds' }),
  DAYTRADE_NOTICE_BARS_BEHIND: wholeSetting(2, { min: 1, max: 250 }).meta({
    description: 'Finished sessions without a bar from which on bars are too old',
    unit: 'sessions',
  }),
  DAYTRADE_NOTICE_SYMBOLS: z
    .string()
    .regex(/^(?:[0-9A-Z]{4,5}(?:,[0-9A-Z]{4,5})*)?$/, 'expected codes with commas between them, as 7203,285A')
    .default('')
    .meta({ description: 'Symbols of which a price outside the interval for the close is told', unit: 'codes' }),
  DAYTRADE_NOTICE_WEBHOOK_URL: receiverUrl('Address to which notices are posted as JSON'),
  DAYTRADE_NOTICE_WEBHOOK_KEY: z
    .string()
    .min(24, 'expected at least 24 characters; `openssl rand -hex 24` makes some')
    .optional()
    .meta({ description: 'Key that signs what is posted, by HMAC-SHA-256', unit: 'secret', secret: true }),
  DAYTRADE_NOTICE_SLACK_URL: receiverUrl('Incoming webhook of Slack, or of a server that takes the same'),
  DAYTRADE_NOTICE_SMTP_URL: z
    .string()
    .regex(mailServer, 'expected smtps://user:password@host:465, or smtp://… where the server takes STARTTLS')
    .optional()
    .meta({
      description: 'Mail server, with user and password; TLS is required but on loopback',
      unit: 'secret',
      secret: true,
    }),
  DAYTRADE_NOTICE_MAIL_FROM: z
    .string()
    .regex(new RegExp(`^${mailbox}$`), 'expected one mail address')
    .optional()
    .meta({ description: 'Sender of mails', unit: 'mail address' }),
  DAYTRADE_NOTICE_MAIL_TO: z
    .string()
    .regex(new RegExp(`^${mailbox}(?:,${mailbox})*$`), 'expected mail addresses with commas between them')
    .optional()
    .meta({ description: 'Receivers of mails, with commas between the addresses', unit: 'mail addresses' }),
} as const;
