import { calendarEnd, calendarStart } from '@daytrade/market';
import { addresses } from '../addresses.ts';
import {
  jobListSchema,
  jobParametersSchema,
  jobRunRequestSchema,
  mostSessionDays,
  runAcceptedSchema,
  runListSchema,
  runParametersSchema,
  runQuerySchema,
  sessionListSchema,
  sessionQuerySchema,
} from '../runs.ts';
import { route } from './route.ts';

/** What runs and when, what ran, and the sessions of the exchange. */
export const schedulerServiceRoutes = {
  jobs: route(addresses.jobs, {
    summary: 'Every job, when it runs and how it last ended',
    tags: ['jobs'],
    answers: { 200: jobListSchema },
  }),
  runJob: route(addresses.runJob, {
    summary: 'Run a job now',
    description: 'While a run of the same job and payload is under way, answers that run.',
    tags: ['jobs'],
    params: jobParametersSchema,
    body: jobRunRequestSchema,
    answers: { 202: runAcceptedSchema },
  }),
  runs: route(addresses.runs, {
    summary: 'Runs, newest first',
    description:
      'A payload, result or error of more than 2 KB is left out as {"truncated": true}; /v1/runs/{id} has all of it.',
    tags: ['runs'],
    query: runQuerySchema,
    answers: { 200: runListSchema },
  }),
  run: route(addresses.run, {
    summary: 'One run with its progress, its result or its error',
    tags: ['runs'],
    params: runParametersSchema,
    answers: { 200: runAcceptedSchema },
  }),
  cancelRun: route(addresses.cancelRun, {
    summary: 'Ask a run to stop',
    description: 'Answers the run as it is now: one that was waiting is cancelled, one that runs stops soon.',
    tags: ['runs'],
    params: runParametersSchema,
    answers: { 202: runAcceptedSchema },
  }),
  sessions: route(addresses.sessions, {
    summary: 'Sessions with their hours in Japan time, closed days with the reason, and the phase of the market now',
    description: `Default: this month and the next one; at most ${mostSessionDays} days, from ${calendarStart} to ${calendarEnd}.`,
    tags: ['calendar'],
    query: sessionQuerySchema,
    answers: { 200: sessionListSchema },
  }),
};
