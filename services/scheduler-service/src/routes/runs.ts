import { plainTextSchema, runAcceptedSchema, runListSchema, runQuerySchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Service } from '@daytrade/service-kit';
import { z } from 'zod';
import type { SchedulerServiceDependencies } from '../dependencies.ts';
import { assertReadable, readableRuns } from '../readable-run.ts';

const runParametersSchema = z.object({
  id: plainTextSchema.min(1).max(100).meta({ description: 'Id of a run' }),
});

/** Bytes of each payload, result and error in the list, so that the longest answer has 3 MB. */
const longestJson = 2_048;

/** `/v1/runs`: the ledger of everything that ran, and cancelling what still does. */
export function addRunRoutes(service: Service, { stores, queue }: SchedulerServiceDependencies): void {
  service.get(
    '/v1/runs',
    {
      schema: {
        summary: 'Runs, newest first',
        description:
          'A payload, result or error of more than 2 KB is left out as {"truncated": true}; /v1/runs/{id} has all of it.',
        tags: ['runs'],
        querystring: runQuerySchema,
        response: { 200: runListSchema },
      },
    },
    async (request) => {
      const runs = await stores.runs.list({ ...request.query, longestJson });
      return { runs: readableRuns(runs, request.log) };
    },
  );

  service.get(
    '/v1/runs/:id',
    {
      schema: {
        summary: 'One run with its progress, its result or its error',
        tags: ['runs'],
        params: runParametersSchema,
        response: { 200: runAcceptedSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const run = await stores.runs.find(id);
      if (run === undefined) {
        throw new DayTradeError('run.not-found', `there is no run ${JSON.stringify(id)}`, { details: { id } });
      }
      return { run: assertReadable(run) };
    },
  );

  service.post(
    '/v1/runs/:id/cancellation',
    {
      schema: {
        summary: 'Ask a run to stop',
        description: 'Answers the run as it is now: one that was waiting is cancelled, one that runs stops soon.',
        tags: ['runs'],
        params: runParametersSchema,
        response: { 202: runAcceptedSchema },
      },
    },
    async (request, reply) => reply.code(202).send({ run: await queue.cancel(request.params.id) }),
  );
}
