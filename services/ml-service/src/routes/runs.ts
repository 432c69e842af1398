import {
  auditRequestSchema,
  evaluationRequestSchema,
  runAcceptedSchema,
  trainingRequestSchema,
} from '@daytrade/contracts';
import { type JobQueue, requestKey } from '@daytrade/jobs';
import type { Service } from '@daytrade/service-kit';
import type { MlServiceDependencies } from '../dependencies.ts';

/** Long work: 202 with the run, whose progress the scheduler service tells. */
export function addRunRoutes(service: Service, { queue }: MlServiceDependencies): void {
  addRunRoute(service, queue, {
    path: '/v1/trainings',
    job: 'training',
    summary: 'Train the ensemble on all bars',
    tag: 'models',
    body: trainingRequestSchema,
  });
  addRunRoute(service, queue, {
    path: '/v1/evaluations',
    job: 'evaluation',
    summary: 'Judge the ensemble walk-forward, out of sample',
    tag: 'accuracy',
    body: evaluationRequestSchema,
  });
  addRunRoute(service, queue, {
    path: '/v1/audits',
    job: 'audit',
    summary: 'Look for the future in features, label, splits, dates and universe',
    tag: 'accuracy',
    body: auditRequestSchema,
  });
}

interface RunRoute {
  readonly path: string;
  readonly job: string;
  readonly summary: string;
  readonly tag: string;
  readonly body: typeof trainingRequestSchema | typeof evaluationRequestSchema | typeof auditRequestSchema;
}

function addRunRoute(service: Service, queue: JobQueue, { path, job, summary, tag, body }: RunRoute): void {
  service.post(
    path,
    { schema: { summary, tags: [tag], body, response: { 202: runAcceptedSchema } } },
    async (request, reply) => {
      const payload = request.body;
      // The same request while one is under way is the same work: the caller gets that run.
      const asked = { payload, trigger: 'request', requestId: request.id } as const;
      const run = await queue.enqueue({ job, key: requestKey(job, payload), ...asked });
      return reply.code(202).send({ run });
    },
  );
}
