import type { Schedule, ScheduledJob, SessionDependency } from './schedule.ts';

type QueueJob = ScheduledJob['queueJob'];
type Rest = Partial<Pick<ScheduledJob, 'waitsFor' | 'longestWaitSeconds'>>;

/** Returns a job as most of them are; the empty payload selects the defaults of the handler. */
function job(name: string, schedule: Schedule, queueJob: QueueJob, description: string, rest: Rest = {}): ScheduledJob {
  const usual = { payload: {}, waitsFor: [], longestWaitSeconds: 0, enabled: true };
  return { ...usual, name, description, schedule, queueJob, ...rest } as ScheduledJob;
}

function daily(name: string, at: string, queueJob: QueueJob, description: string, rest?: Rest): ScheduledJob {
  return job(name, { type: 'daily', at }, queueJob, description, rest);
}

/** Returns the dependencies of a job, each with what is done if it fails. */
function after(jobs: Readonly<Record<string, SessionDependency['ifFailed']>>, longestWaitSeconds: number): Rest {
  return { waitsFor: Object.entries(jobs).map(([name, ifFailed]) => ({ job: name, ifFailed })), longestWaitSeconds };
}

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
export const defaultJobs: readonly ScheduledJob[] = [
  job(
    'prediction',
    { type: 'market-hours', everyMinutes: 15 },
    'prediction',
    'Forecasts the close of the day of every symbol, from the bars up to its time',
    after({ 'data-update': 'skip' }, 240),
  ),
  job(
    'data-update',
    { type: 'market-hours', everyMinutes: 5 },
    'data-update',
    'Fetches what is new from every source that was fetched before or is set',
  ),
  daily(
    'market-preparation',
    '08:30',
    'market-preparation',
    'Updates the bars, selects the symbols of the day and starts their prediction',
  ),
  daily(
    'opening-prediction',
    '09:05',
    'prediction',
    'Forecasts the close of the day as soon as the opening prices are known',
    after({ 'data-update': 'skip' }, 240),
  ),
  daily('midday-update', '11:30', 'data-update', 'Fetches the last bars of the morning'),
  daily(
    'midday-prediction',
    '11:30',
    'prediction',
    'Forecasts the close of the day from all bars of the morning',
    after({ 'midday-update': 'skip' }, 240),
  ),
  daily('closing-update', '15:45', 'data-update', 'Fetches the bars of the day after the close'),
  daily(
    'report',
    '16:00',
    'report',
    'Judges the published predictions after the close',
    after({ 'closing-update': 'run', prediction: 'run' }, 900),
  ),
  daily('evening-update', '16:45', 'data-update', 'Fetches the bars of the day from sources that have them later'),
  daily(
    'evening-prediction',
    '16:45',
    'prediction',
    'Predicts the next session from the bars of the day',
    after({ 'evening-update': 'skip' }, 3_600),
  ),
  daily(
    'evening-report',
    '16:45',
    'report',
    'Judges the published predictions once more, with every close of the day',
    after({ 'evening-update': 'run' }, 3_600),
  ),
  job(
    'retraining',
    { type: 'weekly', day: 'sunday', at: '02:00' },
    'training',
    'Trains a new model on all bars and makes it live',
  ),
  job(
    'retention',
    { type: 'weekly', day: 'sunday', at: '06:00' },
    'retention',
    'Removes runs, evaluations, models, reports and notices that are older than the settings keep them',
  ),
  daily(
    'paper-pre-open',
    '08:45',
    'paper-session',
    'Decides the orders of the paper book before the open; nothing goes to a broker',
    after({ 'market-preparation': 'run' }, 600),
  ),
  daily('paper-open', '09:12', 'paper-session', 'Looks at the paper book on the first bars of the session'),
  daily('paper-lunch', '11:37', 'paper-session', 'Looks at the paper book on the bars of the morning'),
  daily('paper-pre-close', '15:20', 'paper-session', 'Looks at the paper book before the close'),
  daily(
    'paper-close',
    '15:50',
    'paper-session',
    'Settles the session of the paper book on its bars',
    after({ 'closing-update': 'run' }, 900),
  ),
  daily(
    'paper-evening',
    '17:00',
    'paper-session',
    'Settles the session of the paper book where its bars came late',
    after({ 'evening-update': 'run' }, 900),
  ),
];
