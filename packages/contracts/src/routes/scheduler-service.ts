import { calendarEnd, calendarStart } from '@daytrade/market';
import { addresses } from '../addresses.ts';
import {
  noticeListQuerySchema,
  noticeListSchema,
  noticeTestRequestSchema,
  noticeTestSchema,
} from '../bodies/notices.ts';
import {
  backfillRequestSchema,
  backfillSchema,
  jobListSchema,
  jobParametersSchema,
  jobRunRequestSchema,
  mostSessionDays,
  pauseRequestSchema,
  runAcceptedSchema,
  runListSchema,
  runParametersSchema,
  runQuerySchema,
  sessionListSchema,
  sessionQuerySchema,
} from '../bodies/runs.ts';
import { route } from './route.ts';

/** Routes of jobs, runs, notices and sessions. */
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
  pauseJob: route(addresses.pauseJob, {
    summary: 'Start a job no more by the clock, until it is resumed',
    description: 'What has begun goes on. Due times of a pause are not made up for.',
    tags: ['jobs'],
    params: jobParametersSchema,
    body: pauseRequestSchema,
    answers: { 200: jobListSchema },
  }),
  resumeJob: route(addresses.resumeJob, {
    summary: 'Start a job by the clock again',
    tags: ['jobs'],
    params: jobParametersSchema,
    body: pauseRequestSchema,
    answers: { 200: jobListSchema },
  }),
  pauseScheduler: route(addresses.pauseScheduler, {
    summary: 'Start no job by the clock, until the scheduler is resumed',
    tags: ['jobs'],
    body: pauseRequestSchema,
    answers: { 200: jobListSchema },
  }),
  resumeScheduler: route(addresses.resumeScheduler, {
    summary: 'Start jobs by the clock again',
    description: 'A job that was paused by itself stays paused.',
    tags: ['jobs'],
    body: pauseRequestSchema,
    answers: { 200: jobListSchema },
  }),
  backfill: route(addresses.backfill, {
    summary: 'Make up for the due times of a job in a range of days',
    description:
      'Keys whose run succeeded or has not ended are left out. While "left" is not 0, ask again: ' +
      'what finds no room in ' +
      'the queue is not started.',
    tags: ['jobs'],
    params: jobParametersSchema,
    body: backfillRequestSchema,
    answers: { 200: backfillSchema },
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
  runEvents: route(addresses.runEvents, {
    summary: 'One run, again and again as it changes, until it has ended',
    description:
      'Server-sent events: the data of each is what /v1/runs/{id} answers. A comment comes when nothing changes. The ' +
      'stream ends with the run, or before it when the service ends; then ask again.',
    tags: ['runs'],
    params: runParametersSchema,
    answers: { 200: runAcceptedSchema },
  }),
  replayRun: route(addresses.replayRun, {
    summary: 'Repeat a run that ended without success',
    description: 'A run is repeated once: asked again, this answers the run that repeats it.',
    tags: ['runs'],
    params: runParametersSchema,
    answers: { 202: runAcceptedSchema },
  }),
  cancelRun: route(addresses.cancelRun, {
    summary: 'Ask a run to stop',
    description: 'Answers the run as it is now: one that was waiting is cancelled, one that runs stops soon.',
    tags: ['runs'],
    params: runParametersSchema,
    answers: { 202: runAcceptedSchema },
  }),
  notices: route(addresses.notices, {
    summary: 'Notices that were sent or wait to be, newest first, one per receiver',
    tags: ['notices'],
    query: noticeListQuerySchema,
    answers: { 200: noticeListSchema },
  }),
  testNotice: route(addresses.testNotice, {
    summary: 'Send a test notice to every receiver that is set, or show what would be sent',
    tags: ['notices'],
    body: noticeTestRequestSchema,
    answers: { 200: noticeTestSchema },
  }),
  sessions: route(addresses.sessions, {
    summary: 'Sessions with their hours in Japan time, closed days with the reason, and the phase of the market now',
    description:
      `Default: this month and the next one; at most ${mostSessionDays} days, from ${calendarStart} to ` +
      `${calendarEnd}.`,
    tags: ['calendar'],
    query: sessionQuerySchema,
    answers: { 200: sessionListSchema },
  }),
};
