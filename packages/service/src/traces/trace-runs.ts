import type { Run } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { tracer } from './tracer.ts';

/** A span for each run that ends in this process, from its start to its end. @returns stops it */
export function traceRuns(queue: Pick<JobQueue, 'onFinished'>): () => void {
  return queue.onFinished((run) => {
    if (run.startedAt !== null && run.finishedAt !== null) traceRun(run, run.startedAt, run.finishedAt);
  });
}

function traceRun({ id, job, attempt, status, error }: Run, startedAt: string, finishedAt: string): void {
  const span = tracer().startSpan(`run ${job}`, {
    root: true,
    kind: SpanKind.CONSUMER,
    startTime: new Date(startedAt),
    attributes: {
      'day-trade.run.id': id,
      'day-trade.run.job': job,
      'day-trade.run.attempt': attempt,
      'day-trade.run.status': status,
    },
  });
  if (status !== 'succeeded') span.setStatus({ code: SpanStatusCode.ERROR, message: error?.message ?? status });
  span.end(new Date(finishedAt));
}
