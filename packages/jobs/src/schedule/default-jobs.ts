import type { ScheduledJob } from './schedule.ts';

/**
 * The jobs of the platform, in Japan time. Daily jobs run on trading days only; retraining runs on its Sunday.
 *
 * The payloads are empty: each handler then takes its defaults.
 */
export const defaultJobs: readonly ScheduledJob[] = [
  {
    name: 'prediction',
    description: 'Predicts the next session of every symbol',
    schedule: { type: 'market-hours', everyMinutes: 15 },
    queueJob: 'prediction',
    payload: {},
    misfirePolicy: 'once',
    misfireGraceSeconds: 300,
    enabled: true,
  },
  {
    name: 'data-update',
    description: 'Fetches what is new from every source that was fetched before',
    schedule: { type: 'market-hours', everyMinutes: 5 },
    queueJob: 'data-update',
    payload: {},
    misfirePolicy: 'once',
    misfireGraceSeconds: 120,
    enabled: true,
  },
  {
    name: 'market-preparation',
    description: 'Updates the bars, selects the symbols of the day and starts their prediction',
    schedule: { type: 'daily', at: '08:30' },
    queueJob: 'market-preparation',
    payload: {},
    misfirePolicy: 'once',
    misfireGraceSeconds: 1800,
    enabled: true,
  },
  {
    name: 'report',
    description: 'Judges the published predictions after the close',
    schedule: { type: 'daily', at: '16:00' },
    queueJob: 'report',
    payload: {},
    misfirePolicy: 'once',
    misfireGraceSeconds: 3600,
    enabled: true,
  },
  {
    name: 'retraining',
    description: 'Trains a new model on all bars and makes it live',
    schedule: { type: 'weekly', day: 'sunday', at: '02:00' },
    queueJob: 'training',
    payload: {},
    misfirePolicy: 'once',
    misfireGraceSeconds: 3600,
    enabled: true,
  },
];
