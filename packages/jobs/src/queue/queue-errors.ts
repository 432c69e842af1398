import { DayTradeError } from '@daytrade/errors';

// What every queue says when it refuses.

export function stopping(): DayTradeError {
  return new DayTradeError('service.unavailable', 'the queue stops: what is left runs at the next start');
}

export function runNotFound(id: string): DayTradeError {
  return new DayTradeError('run.not-found', `there is no run ${JSON.stringify(id)}`, { details: { id } });
}

export function jobUnknown(job: string, known: readonly string[]): DayTradeError {
  return new DayTradeError('job.unknown', `there is no job ${JSON.stringify(job)}; the jobs are ${known.join(', ')}`, {
    details: { job, known },
  });
}

export function cancelled(id: string): DayTradeError {
  return new DayTradeError('run.cancelled', `run ${id} was cancelled`, { details: { id } });
}
