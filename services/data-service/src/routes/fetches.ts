import { fetchRequestSchema, runAcceptedSchema } from '@daytrade/contracts';
import { requestKey } from '@daytrade/jobs';
import type { Service } from '@daytrade/service-kit';
import type { DataServiceDependencies } from '../dependencies.ts';
import { providerFor } from '../provider.ts';

/** `/v1/fetches`: bring bars in. */
export function addFetchRoutes(service: Service, dependencies: DataServiceDependencies): void {
  service.post(
    '/v1/fetches',
    {
      schema: {
        summary: 'Fetch bars from a folder of CSV files or from the synthetic exchange',
        description: 'Answers the run that does it; while one of the same request is under way, that one.',
        tags: ['bars'],
        body: fetchRequestSchema,
        response: { 202: runAcceptedSchema },
      },
    },
    async ({ body }, reply) => {
      // A folder that cannot be read is told now rather than by a run that fails.
      await providerFor(body, dependencies).list();
      const run = await dependencies.queue.enqueue({
        job: 'fetch',
        key: requestKey('fetch', body),
        payload: { ...body },
        trigger: 'request',
      });
      return reply.code(202).send({ run });
    },
  );
}
