import { addresses, type JobName, jobs } from '@daytrade/contracts';
import type { JobDefinition } from './queue.ts';

/** A job without what it does: enough to queue a run of it. */
export type JobOutline = Omit<JobDefinition, 'handler'>;

/** Jobs that write bars run one after another, as do those that train, publish or back up. */
type Group = 'backups' | 'bars' | 'models' | 'predictions';

/**
 * Every job of the platform, so that a process can queue runs that another one works on. The services add the handlers.
 */
export const jobCatalogue = {
  fetch: {
    name: 'fetch',
    description: 'Brings bars of CSV files, of J-Quants or of the synthetic exchange through the quality gate',
    // The free plan of J-Quants allows 5 requests a minute: 500 symbols take 100 minutes.
    timeoutSeconds: 14_400,
    maxAttempts: 3,
    backoffSeconds: 10,
    concurrencyGroup: 'bars',
    payload: jobs.fetch.payload,
    // Only there the folder is looked at before the run is accepted.
    startedBy: `POST ${addresses.startFetch.path} (\`daytrade import\`, \`daytrade fetch\`)`,
  },
  'data-update': {
    name: 'data-update',
    description: 'Reads folders that have changed again, asks J-Quants for what is missing, and extends synthetic bars',
    timeoutSeconds: 1_800,
    maxAttempts: 2,
    backoffSeconds: 10,
    concurrencyGroup: 'bars',
    payload: jobs['data-update'].payload,
  },
  'market-preparation': {
    name: 'market-preparation',
    description: 'Updates the bars, selects the symbols of the day and starts their prediction',
    timeoutSeconds: 1_800,
    maxAttempts: 2,
    backoffSeconds: 10,
    concurrencyGroup: 'bars',
    payload: jobs['market-preparation'].payload,
  },
  training: {
    name: 'training',
    description: 'Trains the ensemble on all bars and registers it as a new model version',
    timeoutSeconds: 7_200,
    // A managed database that fails over is away for half a minute: the last attempt comes after it.
    maxAttempts: 3,
    backoffSeconds: 60,
    concurrencyGroup: 'models',
    payload: jobs.training.payload,
    asksFirst: true,
  },
  evaluation: {
    name: 'evaluation',
    description: 'Judges the ensemble walk-forward, out of sample, beside its baselines',
    timeoutSeconds: 14_400,
    maxAttempts: 2,
    backoffSeconds: 30,
    concurrencyGroup: 'models',
    payload: jobs.evaluation.payload,
  },
  audit: {
    name: 'audit',
    description: 'Looks for the future in features, label, splits, dates and universe',
    // One computation of the features a session, when every session is asked for.
    timeoutSeconds: 43_200,
    maxAttempts: 1,
    backoffSeconds: 30,
    // With a training it would take both threads, and predictions would wait.
    concurrencyGroup: 'models',
    payload: jobs.audit.payload,
  },
  backtest: {
    name: 'backtest',
    description: 'Says what following a strategy would have cost, with the parameters that were chosen in time order',
    timeoutSeconds: 7_200,
    maxAttempts: 1,
    backoffSeconds: 30,
    concurrencyGroup: 'models',
    payload: jobs.backtest.payload,
  },
  'paper-session': {
    name: 'paper-session',
    description: 'Does the step of the paper book that is due: decides, looks, or settles; nothing without a book',
    timeoutSeconds: 900,
    maxAttempts: 3,
    backoffSeconds: 10,
    concurrencyGroup: 'predictions',
    payload: jobs['paper-session'].payload,
  },
  retention: {
    name: 'retention',
    description: 'Removes runs, evaluations, models, reports and notices that are older than the settings keep them',
    timeoutSeconds: 1_800,
    maxAttempts: 2,
    backoffSeconds: 60,
    concurrencyGroup: 'models',
    payload: jobs.retention.payload,
    asksFirst: true,
  },
  backup: {
    name: 'backup',
    description: 'Backs up database, bars and models, encrypted, to the place of the settings',
    timeoutSeconds: 14_400,
    maxAttempts: 2,
    backoffSeconds: 60,
    concurrencyGroup: 'backups',
    payload: jobs.backup.payload,
  },
  'restore-drill': {
    name: 'restore-drill',
    description: 'Restores the newest backup into a folder of its own, verifies it, and measures how long that takes',
    timeoutSeconds: 14_400,
    maxAttempts: 1,
    backoffSeconds: 60,
    concurrencyGroup: 'backups',
    payload: jobs['restore-drill'].payload,
  },
  report: {
    name: 'report',
    description: 'Judges the intervals that were published for the newest closed session',
    timeoutSeconds: 300,
    maxAttempts: 3,
    backoffSeconds: 10,
    concurrencyGroup: 'predictions',
    payload: jobs.report.payload,
  },
  prediction: {
    name: 'prediction',
    description: 'Publishes the intervals of every symbol with the live model: for the next close, or within the day',
    timeoutSeconds: 300,
    maxAttempts: 3,
    backoffSeconds: 5,
    concurrencyGroup: 'predictions',
    payload: jobs.prediction.payload,
  },
} as const satisfies {
  readonly [Name in JobName]: JobOutline & { readonly name: Name; readonly concurrencyGroup: Group };
};
