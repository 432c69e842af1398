import {
  predictionHistoryParametersSchema,
  predictionHistoryQuerySchema,
  predictionHistorySchema,
  predictionListSchema,
  predictionRequestSchema,
  publicationSchema,
} from '@daytrade/contracts';
import { readsFrom } from '@daytrade/service-host';
import type { Service } from '@daytrade/service-kit';
import type { MlServiceDependencies } from '../dependencies.ts';
import { predictionHistory } from '../predictions/history.ts';
import { predictionList } from '../predictions/prediction-list.ts';
import type { Publisher } from '../predictions/publisher.ts';
import { activeSymbols, knownCodes } from '../universe.ts';

/** `/v1/predictions`: publish, read the newest, read the past with what happened. */
export function addPredictionRoutes(
  service: Service,
  { stores, clock }: MlServiceDependencies,
  publish: Publisher,
): void {
  service.post(
    '/v1/predictions',
    {
      schema: {
        summary: 'Predict the next session with the live model and publish the intervals',
        tags: ['predictions'],
        body: predictionRequestSchema,
        response: { 200: publicationSchema },
      },
    },
    async (request) => {
      const { predictions, asked, leftOut } = await publish(request.body.symbols);
      return { ...predictionList(predictions, asked, clock.now()), leftOut };
    },
  );

  service.get(
    '/v1/predictions/latest',
    {
      ...readsFrom('predictions', 'activations', 'symbols'),
      schema: {
        summary: 'The newest published intervals',
        description:
          'All of one session, of the symbols in use: the real ones as soon as there is one. The answer changes with what is ' +
          'published and imported, and when a session closes.',
        tags: ['predictions'],
        response: { 200: predictionListSchema },
      },
    },
    async () => {
      const { records, synthetic } = await activeSymbols(stores);
      return predictionList(await stores.predictions.latest(synthetic), records, clock.now());
    },
  );

  service.get(
    '/v1/predictions/history/:symbol',
    {
      ...readsFrom('predictions', 'evaluations', 'symbols'),
      schema: {
        summary: 'Past intervals of a symbol and what happened, oldest first',
        description:
          'What was published before a session has the source "live". Before that stand the intervals of the newest evaluation, ' +
          'which were not published but reconstructed by it, in time order: their source is "walk-forward".',
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
      const history = await predictionHistory(stores, { symbol, synthetic }, request.query.limit);
      return { symbol, name, priceBasis, synthetic, history };
    },
  );
}
