import {
  accuracySchema,
  evaluationAnswerSchema,
  evaluationParametersSchema,
  targetCoverage,
  targetInWords,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { readsFrom } from '@daytrade/service-host';
import type { Service } from '@daytrade/service-kit';
import type { MlServiceDependencies } from '../dependencies.ts';
import { judgeLive } from '../predictions/judge.ts';
import { activeSymbols } from '../universe.ts';

/** `/v1/accuracy` and the newest evaluation. */
export function addAccuracyRoutes(service: Service, { stores }: MlServiceDependencies): void {
  service.get(
    '/v1/accuracy',
    {
      ...readsFrom('evaluations', 'predictions', 'symbols'),
      schema: {
        summary: `Coverage against the objective of ${targetInWords}: the newest walk-forward judgement and the published intervals`,
        tags: ['accuracy'],
        response: { 200: accuracySchema },
      },
    },
    async () => {
      const { synthetic } = await activeSymbols(stores);
      return {
        target: targetCoverage,
        evaluation: (await stores.evaluations.latest(synthetic)) ?? null,
        live: await judgeLive(stores, synthetic),
      };
    },
  );

  service.get(
    '/v1/evaluations/latest',
    {
      ...readsFrom('evaluations', 'symbols'),
      schema: {
        summary: 'The newest walk-forward judgement',
        tags: ['accuracy'],
        response: { 200: evaluationAnswerSchema },
      },
    },
    async () => {
      const { synthetic } = await activeSymbols(stores);
      const evaluation = await stores.evaluations.latest(synthetic);
      if (evaluation !== undefined) return { evaluation };
      throw new DayTradeError('evaluation.none', 'nothing has been judged yet: train or evaluate first');
    },
  );

  service.get(
    '/v1/evaluations/:id',
    {
      schema: {
        summary: 'One walk-forward judgement, by the id in the result of its run',
        tags: ['accuracy'],
        params: evaluationParametersSchema,
        response: { 200: evaluationAnswerSchema },
      },
    },
    async ({ params: { id } }) => {
      const evaluation = await stores.evaluations.find(id);
      if (evaluation !== undefined) return { evaluation };
      throw new DayTradeError('evaluation.none', `there is no evaluation ${JSON.stringify(id)}`, { details: { id } });
    },
  );
}
