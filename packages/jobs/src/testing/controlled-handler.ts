import { jsonObjectSchema } from '@daytrade/contracts';
import type { JobContext, JobDefinition, JobHandler } from '../queue.ts';

/** A job for a test, with pauses that a test can wait for. */
export function jobOf(name: string, handler: JobHandler, rest: Partial<JobDefinition> = {}): JobDefinition {
  return {
    name,
    description: name,
    timeoutSeconds: 30,
    maxAttempts: 3,
    backoffSeconds: 0.1,
    concurrencyGroup: name,
    payload: jsonObjectSchema,
    handler,
    ...rest,
  };
}

/** Somebody asks for a job. */
export const requestOf = (job: string, key = `${job}/1`) =>
  ({ job, key, payload: { seed: 7 }, trigger: 'request' }) as const;

export interface HandlerCall {
  readonly context: JobContext;
  readonly end: PromiseWithResolvers<Record<string, unknown>>;
}

/** A handler that waits until the test says how it ends, and obeys an abort. */
export function controlledHandler() {
  const calls: HandlerCall[] = [];
  const handler: JobHandler = async (context) => {
    const end = Promise.withResolvers<Record<string, unknown>>();
    context.signal.addEventListener('abort', () => end.reject(new Error('stopped')));
    calls.push({ context, end });
    return await end.promise;
  };
  return { calls, handler };
}
