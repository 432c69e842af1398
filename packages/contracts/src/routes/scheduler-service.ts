import { calendarEnd, calendarStart } from '@daytrade/market';
import * as bodies from '../bodies/index.ts';
import { route } from './route.ts';

export const schedulerServiceRoutes = {
  jobs: route('scheduler', 'GET /v1/jobs', {
    summary: 'Every job, when it runs and how it last ended',
    answers: { 200: bodies.jobListSchema },
  }),
  runJob: route('scheduler', 'POST /v1/jobs/:name/runs', {
    summary: 'Run a job now',
    description: 'While a run of the same job and payload is under way, answers that run.',
    params: bodies.jobParametersSchema,
    body: bodies.jobRunRequestSchema,
    answers: { 202: bodies.runAcceptedSchema },
  }),
  pauseJob: route('scheduler', 'POST /v1/jobs/:name/pause', {
    summary: 'Start a job no more by the clock, until it is resumed',
    description: 'What has begun goes on. Due times of a pause are not made up for.',
    params: bodies.jobParametersSchema,
    body: bodies.pauseRequestSchema,
    answers: { 200: bodies.jobListSchema },
  }),
  resumeJob: route('scheduler', 'POST /v1/jobs/:name/resumption', {
    summary: 'Start a job by the clock again',
    params: bodies.jobParametersSchema,
    body: bodies.pauseRequestSchema,
    answers: { 200: bodies.jobListSchema },
  }),
  pauseScheduler: route('scheduler', 'POST /v1/scheduler/pause', {
    summary: 'Start no job by the clock, until the scheduler is resumed',
    body: bodies.pauseRequestSchema,
    answers: { 200: bodies.jobListSchema },
  }),
  resumeScheduler: route('scheduler', 'POST /v1/scheduler/resumption', {
    summary: 'Start jobs by the clock again',
    description: 'A job that was paused by itself stays paused.',
    body: bodies.pauseRequestSchema,
    answers: { 200: bodies.jobListSchema },
  }),
  runs: route('scheduler', 'GET /v1/runs', {
    summary: 'Runs, newest first',
    description:
      'A payload, result or error of more than 2 KB is left out as {"truncated": true}; /v1/runs/{id} has all of it.',
    query: bodies.runQuerySchema,
    answers: { 200: bodies.runListSchema },
  }),
  run: route('scheduler', 'GET /v1/runs/:id', {
    summary: 'One run with its progress, its result or its error',
    params: bodies.runParametersSchema,
    answers: { 200: bodies.runAcceptedSchema },
  }),
  replayRun: route('scheduler', 'POST /v1/runs/:id/replay', {
    summary: 'Repeat a run that ended without success',
    description: 'A run is repeated once: asked again, this answers the run that repeats it.',
    params: bodies.runParametersSchema,
    answers: { 202: bodies.runAcceptedSchema },
  }),
  cancelRun: route('scheduler', 'POST /v1/runs/:id/cancellation', {
    summary: 'Ask a run to stop',
    description: 'Answers the run as it is now: one that was waiting is cancelled, one that runs stops soon.',
    params: bodies.runParametersSchema,
    answers: { 202: bodies.runAcceptedSchema },
  }),
  notices: route('scheduler', 'GET /v1/notices', {
    summary: 'Notices that were sent or wait to be, newest first, one per receiver',
    query: bodies.noticeListQuerySchema,
    answers: { 200: bodies.noticeListSchema },
  }),
  testNotice: route('scheduler', 'POST /v1/notices/test', {
    summary: 'Send a test notice to every receiver that is set, or show what would be sent',
    body: bodies.noticeTestRequestSchema,
    answers: { 200: bodies.noticeTestSchema },
  }),
  sessions: route('scheduler', 'GET /v1/sessions', {
    summary: 'Sessions with their hours in Japan time, closed days with the reason, and the phase of the market now',
    description:
      `Default: this month and the next one; at most ${bodies.mostSessionDays} days, from ${calendarStart} to ` +
      `${calendarEnd}.`,
    query: bodies.sessionQuerySchema,
    answers: { 200: bodies.sessionListSchema },
  }),
};
