import type { JobQueue, Run } from '@daytrade/jobs';
import type { Logger } from '../server/logger.ts';

/**
 * Writes that an attempt of a run began, with what finds its other lines: `runId`, and `requestId` of who asked for it.
 */
export function logRunStart(logger: Logger): (run: Run) => void {
  return (run) => logger.info(fieldsOf(run), `${run.job} began`);
}

/** Writes how each run ended that ends in this process. @returns stops it */
export function logRunEnds(queue: Pick<JobQueue, 'onFinished'>, logger: Logger): () => void {
  return queue.onFinished((run) => {
    const { status, error, startedAt, finishedAt } = run;
    const seconds =
      startedAt === null || finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
    const fields = { ...fieldsOf(run), status, seconds };
    if (error === null) logger.info(fields, `${run.job} ended: ${status}`);
    else logger.warn({ ...fields, code: error.code }, `${run.job} ended: ${status}: ${error.message}`);
  });
}

function fieldsOf({ id, job, attempt, trigger, requestId }: Run) {
  return { runId: id, job, attempt, trigger, ...(requestId === null ? {} : { requestId }) };
}
