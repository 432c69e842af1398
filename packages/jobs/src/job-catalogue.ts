import { type JobName, jobs, parsePayload, type RequestOf, routes, type WorkOf } from '@daytrade/contracts';
import type { JobContext, JobDefinition } from './queue.ts';

export type JobOutline = Omit<JobDefinition, 'handler'>;

/** Jobs of one group run one after another, since they write the same data. */
type Group = 'backups' | 'bars' | 'models' | 'predictions';

const outlines: Readonly<Record<JobName, Omit<JobOutline, 'name' | 'payload'> & { readonly concurrencyGroup: Group }>> =
  {
    fetch: {
      description: 'Brings bars of CSV files, of J-Quants or of the synthetic exchange through the quality gate',
      // The free plan of J-Quants allows 5 requests a minute: 500 symbols take 100 minutes.
      timeoutSeconds: 14_400,
      maxAttempts: 3,
      backoffSeconds: 10,
      concurrencyGroup: 'bars',
      // That route checks the folder before it accepts the run.
      startedBy: `POST ${routes.startFetch.path} (\`daytrade import\`, \`daytrade fetch\`)`,
    },
    'data-update': {
      description:
        'Reads folders that have changed again, asks J-Quants for what is missing, and extends synthetic bars',
      timeoutSeconds: 1_800,
      maxAttempts: 2,
      backoffSeconds: 10,
      concurrencyGroup: 'bars',
    },
    'market-preparation': {
      description: 'Updates the bars, selects the symbols of the day and starts their prediction',
      timeoutSeconds: 1_800,
      maxAttempts: 2,
      backoffSeconds: 10,
      concurrencyGroup: 'bars',
    },
    training: {
      description: 'Trains the ensemble on all bars and registers it as a new model version',
      timeoutSeconds: 7_200,
      // The failover of a managed database takes half a minute; the last attempt starts after it.
      maxAttempts: 3,
      backoffSeconds: 60,
      concurrencyGroup: 'models',
      asksFirst: true,
    },
    evaluation: {
      description: 'Judges the ensemble walk-forward, out of sample, beside its baselines',
      timeoutSeconds: 14_400,
      maxAttempts: 2,
      backoffSeconds: 30,
      concurrencyGroup: 'models',
    },
    audit: {
      description: 'Looks for the future in features, label, splits, dates and universe',
      // Auditing every session computes the features once per session.
      timeoutSeconds: 43_200,
      maxAttempts: 1,
      backoffSeconds: 30,
      // With a training it would occupy both threads, and predictions would wait.
      concurrencyGroup: 'models',
    },
    backtest: {
      description: 'Says what following a strategy would have cost, with the parameters that were chosen in time order',
      timeoutSeconds: 7_200,
      maxAttempts: 1,
      backoffSeconds: 30,
      concurrencyGroup: 'models',
    },
    'paper-session': {
      description: 'Does the step that is due of each paper book: decides, looks, or settles; nothing without a book',
      timeoutSeconds: 900,
      maxAttempts: 3,
      backoffSeconds: 10,
      concurrencyGroup: 'predictions',
    },
    retention: {
      description: 'Removes runs, evaluations, models, reports and notices that are older than the settings keep them',
      timeoutSeconds: 1_800,
      maxAttempts: 2,
      backoffSeconds: 60,
      concurrencyGroup: 'models',
      asksFirst: true,
    },
    backup: {
      description: 'Backs up database, bars and models to the place of the settings',
      timeoutSeconds: 14_400,
      maxAttempts: 2,
      backoffSeconds: 60,
      concurrencyGroup: 'backups',
    },
    'restore-drill': {
      description: 'Restores the newest backup into a temporary folder, verifies it, and measures how long that takes',
      timeoutSeconds: 14_400,
      maxAttempts: 1,
      backoffSeconds: 60,
      concurrencyGroup: 'backups',
    },
    report: {
      description: 'Judges the intervals that were published for the newest closed session',
      timeoutSeconds: 300,
      maxAttempts: 3,
      backoffSeconds: 10,
      concurrencyGroup: 'predictions',
    },
    prediction: {
      description: 'Publishes the intervals of every symbol with the live model: for the next close, or within the day',
      timeoutSeconds: 300,
      maxAttempts: 3,
      backoffSeconds: 5,
      concurrencyGroup: 'predictions',
    },
  };

/** Every job of the platform. A process may queue runs of all of them; services add the handlers of their own. */
export const jobCatalogue = Object.fromEntries(
  Object.entries(outlines).map(([name, outline]) => [
    name,
    { ...outline, name, payload: jobs[name as JobName].payload },
  ]),
) as Record<string, JobOutline> as { readonly [Name in JobName]: JobOutline & { readonly name: Name } };

/** The handler of a job: it receives the payload with its defaults and returns the result of the run. */
export type JobWork<Name extends JobName> = (
  context: Omit<JobContext, 'payload'> & { readonly payload: RequestOf<Name> },
) => Promise<WorkOf<Name>>;

/**
 * Returns a job of the catalogue with its handler.
 *
 * @param work may run again after a crash, so it must be idempotent
 */
export function defineJob<Name extends JobName>(name: Name, work: JobWork<Name>): JobDefinition {
  return {
    ...jobCatalogue[name],
    handler: async (context) => {
      const payload = parsePayload(jobs[name].payload, context.payload) as RequestOf<Name>;
      return { ...(await work({ ...context, payload })) };
    },
  };
}
