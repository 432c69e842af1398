import { DayTradeError } from '@daytrade/errors';

export function stopping(): DayTradeError {
  return new DayTradeError('service.unavailable', 'the queue stops: what is left runs at the next start');
}

export function runNotFound(id: string): DayTradeError {
  return new DayTradeError('run.not-found', `there is no run ${JSON.stringify(id)}`);
}

export function jobUnknown(job: string, known: readonly string[]): DayTradeError {
  const message = `there is no job ${JSON.stringify(job)}; the jobs are ${known.join(', ')}`;
  return new DayTradeError('job.unknown', message);
}

/** Maximum of unfinished runs: more than a day's work of any job. */
export const mostUnfinished = { ofJob: 100, inAll: 400 } as const;

export function queueFull(job: string): DayTradeError {
  const { ofJob, inAll } = mostUnfinished;
  const limits = `at most ${ofJob} of one job and ${inAll} in all may wait or run`;
  const message = `there is no room for another run of ${job}: ${limits}`;
  return new DayTradeError('queue.full', message, { details: { retryAfterSeconds: 60 } });
}

export function cancelled(id: string): DayTradeError {
  return new DayTradeError('run.cancelled', `run ${id} was cancelled`);
}
