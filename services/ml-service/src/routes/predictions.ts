import {
  predictionHistoryParametersSchema,
  predictionHistoryQuerySchema,
  predictionHistorySchema,
  predictionListSchema,
  predictionRequestSchema,
} from '@daytrade/contracts';
import { readsFrom } from '@daytrade/service-host';
import type { Service } from '@daytrade/service-kit';
import { activeUniverse } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { predictionHistory } from '../predictions/history.ts';
import type { Publisher } from '../predictions/publisher.ts';
import { knownCodes } from '../universe.ts';

/** `/v1/predictions`: publish, read the newest, read the past with what happened. */
export function addPredictionRoutes(service: Service, { stores }: MlServiceDependencies, publish: Publisher): void {
  service.post(
    '/v1/predictions',
    {
      schema: {
        summary: 'Predict the next session with the live model and publish the intervals',
        tags: ['predictions'],
        body: predictionRequestSchema,
        response: { 200: predictionListSchema },
      },
    },
    async (request) => {
      const { predictions } = await publish(request.body.symbols);
      return { predictions: [...predictions] };
    },
  );

  service.get(
    '/v1/predictions/latest',
    {
      ...readsFrom('predictions', 'activations', 'symbols'),
      schema: {
        summary: 'The newest published intervals',
        tags: ['predictions'],
        response: { 200: predictionListSchema },
      },
    },
    async () => {
      const active = new Set(activeUniverse(await stores.symbols.list()).map((record) => record.symbol));
      const latest = await stores.predictions.latest();
      return { predictions: latest.filter((prediction) => active.has(prediction.symbol)) };
    },
  );

  service.get(
    '/v1/predictions/history/:symbol',
    {
      ...readsFrom('predictions', 'evaluations', 'symbols'),
      schema: {
        summary: 'Past intervals of a symbol and what happened, oldest first',
        tags: ['predictions'],
        params: predictionHistoryParametersSchema,
        querystring: predictionHistoryQuerySchema,
        response: { 200: predictionHistorySchema },
      },
    },
    async (request) => {
      const records = await stores.symbols.list();
      const [symbol] = [...knownCodes(records, [request.params.symbol])] as [string];
      const { name, priceBasis, synthetic } = records.find((candidate) => candidate.symbol === symbol)!;
      const history = await predictionHistory(stores, symbol, request.query.limit);
      return { symbol, name, priceBasis, synthetic, history };
    },
  );
}
