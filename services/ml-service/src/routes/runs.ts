import { evaluationRequestSchema, runAcceptedSchema, trainingRequestSchema } from '@daytrade/contracts';
import type { Service } from '@daytrade/service-kit';
import type { MlServiceDependencies } from '../dependencies.ts';

/** Long work: 202 with the run, whose progress the scheduler service tells. */
export function addRunRoutes(service: Service, { queue }: MlServiceDependencies): void {
  service.post(
    '/v1/trainings',
    {
      schema: {
        summary: 'Train the ensemble on all bars',
        tags: ['models'],
        body: trainingRequestSchema,
        response: { 202: runAcceptedSchema },
      },
    },
    async (request, reply) => {
      const run = await queue.enqueue({
        job: 'training',
        key: keyOf(request.body),
        payload: request.body,
        trigger: 'request',
      });
      return reply.code(202).send({ run });
    },
  );

  service.post(
    '/v1/evaluations',
    {
      schema: {
        summary: 'Judge the ensemble walk-forward, out of sample',
        tags: ['accuracy'],
        body: evaluationRequestSchema,
        response: { 202: runAcceptedSchema },
      },
    },
    async (request, reply) => {
      const run = await queue.enqueue({
        job: 'evaluation',
        key: keyOf(request.body),
        payload: request.body,
        trigger: 'request',
      });
      return reply.code(202).send({ run });
    },
  );
}

/** The same request while one is under way is the same work: the caller gets that run. */
function keyOf(payload: object): string {
  return JSON.stringify(payload);
}
