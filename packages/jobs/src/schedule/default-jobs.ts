import type { ScheduledJob } from './schedule.ts';

/**
 * The jobs of the platform, in Japan time. Daily jobs run on trading days only; retraining runs on its Sunday.
 *
 * The payloads are empty: each handler then takes its defaults. Features are computed within a prediction, so the way
 * of the data has three jobs: update, prediction, report. A prediction on bars that could not be updated is not made; a
 * report judges what was published, so it is made whatever became of the last prediction.
 */
export const defaultJobs: readonly ScheduledJob[] = [
  {
    name: 'prediction',
    description: 'Predicts the next session of every symbol',
    schedule: { type: 'market-hours', everyMinutes: 15 },
    queueJob: 'prediction',
    payload: {},
    misfirePolicy: 'run-once',
    misfireGraceSeconds: 300,
    waitsFor: [{ job: 'data-update', ifFailed: 'skip' }],
    longestWaitSeconds: 240,
    enabled: true,
  },
  {
    name: 'data-update',
    description: 'Fetches what is new from every source that was fetched before or is set',
    schedule: { type: 'market-hours', everyMinutes: 5 },
    queueJob: 'data-update',
    payload: {},
    misfirePolicy: 'run-once',
    misfireGraceSeconds: 120,
    waitsFor: [],
    longestWaitSeconds: 0,
    enabled: true,
  },
  {
    name: 'market-preparation',
    description: 'Updates the bars, selects the symbols of the day and starts their prediction',
    schedule: { type: 'daily', at: '08:30' },
    queueJob: 'market-preparation',
    payload: {},
    misfirePolicy: 'run-once',
    misfireGraceSeconds: 1800,
    waitsFor: [],
    longestWaitSeconds: 0,
    enabled: true,
  },
  {
    name: 'report',
    description: 'Judges the published predictions after the close',
    schedule: { type: 'daily', at: '16:00' },
    queueJob: 'report',
    payload: {},
    misfirePolicy: 'run-once',
    misfireGraceSeconds: 3600,
    waitsFor: [{ job: 'prediction', ifFailed: 'run' }],
    longestWaitSeconds: 900,
    enabled: true,
  },
  {
    name: 'retraining',
    description: 'Trains a new model on all bars and makes it live',
    schedule: { type: 'weekly', day: 'sunday', at: '02:00' },
    queueJob: 'training',
    payload: {},
    misfirePolicy: 'run-once',
    misfireGraceSeconds: 3600,
    waitsFor: [],
    longestWaitSeconds: 0,
    enabled: true,
  },
];
