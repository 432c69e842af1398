import type { ScheduledJob } from './schedule.ts';

/** Fields that most jobs have in common; the empty payload selects the defaults of the handler. */
const usual = {
  payload: {},
  ofSession: false,
  waitsFor: [],
  longestWaitSeconds: 0,
  enabled: true,
} as const satisfies Partial<ScheduledJob>;

type Given = Pick<ScheduledJob, 'name' | 'description' | 'schedule' | 'queueJob'> &
  Partial<Pick<ScheduledJob, 'ofSession' | 'waitsFor' | 'longestWaitSeconds'>>;

/**
 * The jobs of the specification, of the evening, and `retention`, in Japan time. Daily jobs run on trading days only;
 * retraining and retention on Sundays.
 *
 * A prediction requires a successful update of the bars. A report judges published intervals, so it always runs.
 *
 * The opening price is known at the end of the first 5-minute bar, and the schedule of market hours pauses at lunch.
 * Each has a job of its own.
 *
 * The day's bar appears after the close, from J-Quants about 16:30. The evening therefore has an update, a prediction
 * of the next session, and a second report.
 *
 * The jobs of the paper book do nothing without a book.
 */
export const defaultJobs = defaultJobsOf([
  {
    name: 'prediction',
    description: 'Forecasts the close of the day of every symbol, from the bars up to its time',
    schedule: { type: 'market-hours', everyMinutes: 15 },
    queueJob: 'prediction',
    waitsFor: [{ job: 'data-update', ifFailed: 'skip' }],
    longestWaitSeconds: 240,
  },
  {
    name: 'data-update',
    description: 'Fetches what is new from every source that was fetched before or is set',
    schedule: { type: 'market-hours', everyMinutes: 5 },
    queueJob: 'data-update',
  },
  {
    name: 'market-preparation',
    description: 'Updates the bars, selects the symbols of the day and starts their prediction',
    schedule: { type: 'daily', at: '08:30' },
    queueJob: 'market-preparation',
  },
  {
    name: 'opening-prediction',
    description: 'Forecasts the close of the day as soon as the opening prices are known',
    schedule: { type: 'daily', at: '09:05' },
    queueJob: 'prediction',
    waitsFor: [{ job: 'data-update', ifFailed: 'skip' }],
    longestWaitSeconds: 240,
  },
  {
    name: 'midday-update',
    description: 'Fetches the last bars of the morning',
    schedule: { type: 'daily', at: '11:30' },
    queueJob: 'data-update',
  },
  {
    name: 'midday-prediction',
    description: 'Forecasts the close of the day from all bars of the morning',
    schedule: { type: 'daily', at: '11:30' },
    queueJob: 'prediction',
    waitsFor: [{ job: 'midday-update', ifFailed: 'skip' }],
    longestWaitSeconds: 240,
  },
  {
    name: 'closing-update',
    description: 'Fetches the bars of the day after the close',
    schedule: { type: 'daily', at: '15:45' },
    queueJob: 'data-update',
  },
  {
    name: 'report',
    description: 'Judges the published predictions after the close',
    schedule: { type: 'daily', at: '16:00' },
    queueJob: 'report',
    ofSession: true,
    waitsFor: [
      { job: 'closing-update', ifFailed: 'run' },
      { job: 'prediction', ifFailed: 'run' },
    ],
    longestWaitSeconds: 900,
  },
  {
    name: 'evening-update',
    description: 'Fetches the bars of the day from sources that have them later',
    schedule: { type: 'daily', at: '16:45' },
    queueJob: 'data-update',
  },
  {
    name: 'evening-prediction',
    description: 'Predicts the next session from the bars of the day',
    schedule: { type: 'daily', at: '16:45' },
    queueJob: 'prediction',
    waitsFor: [{ job: 'evening-update', ifFailed: 'skip' }],
    longestWaitSeconds: 3600,
  },
  {
    name: 'evening-report',
    description: 'Judges the published predictions once more, with every close of the day',
    schedule: { type: 'daily', at: '16:45' },
    queueJob: 'report',
    ofSession: true,
    waitsFor: [{ job: 'evening-update', ifFailed: 'run' }],
    longestWaitSeconds: 3600,
  },
  {
    name: 'retraining',
    description: 'Trains a new model on all bars and makes it live',
    schedule: { type: 'weekly', day: 'sunday', at: '02:00' },
    queueJob: 'training',
  },
  {
    name: 'retention',
    description: 'Removes runs, evaluations, models, reports and notices that are older than the settings keep them',
    schedule: { type: 'weekly', day: 'sunday', at: '06:00' },
    queueJob: 'retention',
  },
  {
    queueJob: 'paper-session',
    name: 'paper-pre-open',
    description: 'Decides the orders of the paper book before the open; nothing goes to a broker',
    schedule: { type: 'daily', at: '08:45' },
    waitsFor: [{ job: 'market-preparation', ifFailed: 'run' }],
    longestWaitSeconds: 600,
  },
  {
    queueJob: 'paper-session',
    name: 'paper-open',
    description: 'Looks at the paper book on the first bars of the session',
    schedule: { type: 'daily', at: '09:12' },
  },
  {
    queueJob: 'paper-session',
    name: 'paper-lunch',
    description: 'Looks at the paper book on the bars of the morning',
    schedule: { type: 'daily', at: '11:37' },
  },
  {
    queueJob: 'paper-session',
    name: 'paper-pre-close',
    description: 'Looks at the paper book before the close',
    schedule: { type: 'daily', at: '15:20' },
  },
  {
    queueJob: 'paper-session',
    name: 'paper-close',
    description: 'Settles the session of the paper book on its bars',
    schedule: { type: 'daily', at: '15:50' },
    waitsFor: [{ job: 'closing-update', ifFailed: 'run' }],
    longestWaitSeconds: 900,
  },
  {
    queueJob: 'paper-session',
    name: 'paper-evening',
    description: 'Settles the session of the paper book where its bars came late',
    schedule: { type: 'daily', at: '17:00' },
    waitsFor: [{ job: 'evening-update', ifFailed: 'run' }],
    longestWaitSeconds: 900,
  },
]);

function defaultJobsOf(jobs: readonly Given[]): readonly ScheduledJob[] {
  return jobs.map((job) => ({ ...usual, ...job }) as ScheduledJob);
}
