import {
  activationListSchema,
  importanceQuerySchema,
  importanceSchema,
  type Model,
  modelDetailSchema,
  modelListSchema,
  modelParametersSchema,
  promotionRequestSchema,
  promotionSchema,
  rollbackSchema,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { readsFrom } from '@daytrade/service-host';
import type { Service } from '@daytrade/service-kit';
import type { MlServiceDependencies } from '../dependencies.ts';
import { explainModel } from '../predictions/explain.ts';
import { assertMayGoLive } from '../predictions/may-go-live.ts';
import { rollBack } from '../predictions/roll-back.ts';

/** `/v1/models`: the registry, what was live when, promote and roll back. */
export function addModelRoutes(service: Service, dependencies: MlServiceDependencies): void {
  const { stores, clock } = dependencies;
  const now = () => new Date(clock.now()).toISOString();

  service.get(
    '/v1/models',
    {
      ...readsFrom('models', 'activations'),
      schema: { summary: 'Every model version, newest first', tags: ['models'], response: { 200: modelListSchema } },
    },
    async () => ({ models: [...(await stores.models.list())], live: (await stores.models.live())?.version ?? null }),
  );

  service.get(
    '/v1/models/activations',
    {
      schema: {
        summary: 'The append-only log of what was live when',
        tags: ['models'],
        response: { 200: activationListSchema },
      },
    },
    async () => ({ activations: [...(await stores.models.activations())] }),
  );

  service.get(
    '/v1/models/:version',
    {
      schema: {
        summary: 'One model version and when it was live',
        tags: ['models'],
        params: modelParametersSchema,
        response: { 200: modelDetailSchema },
      },
    },
    async (request) => {
      const { version } = request.params;
      const model = await stores.models.find(version);
      if (model === undefined) throw notFound(version, await stores.models.list());
      const activations = (await stores.models.activations()).filter((entry) => entry.version === version);
      return { model, activations };
    },
  );

  service.get(
    '/v1/models/:version/importance',
    {
      ...readsFrom('models', 'activations', 'symbols'),
      schema: {
        summary: 'What each feature is worth to the forecasts of a version, and what it did to the one of a symbol',
        tags: ['models'],
        params: modelParametersSchema,
        querystring: importanceQuerySchema,
        response: { 200: importanceSchema },
      },
    },
    async (request) => {
      const { version } = request.params;
      const model = await stores.models.find(version);
      if (model === undefined) throw notFound(version, await stores.models.list());
      return explainModel(dependencies, model, request.query.symbol);
    },
  );

  service.post(
    '/v1/models/:version/promotion',
    {
      schema: {
        summary: 'Make a version live that can predict the bars in use',
        tags: ['models'],
        params: modelParametersSchema,
        body: promotionRequestSchema,
        response: { 200: promotionSchema },
      },
    },
    async (request) => {
      const { version } = request.params;
      const model = await stores.models.find(version);
      if (model === undefined) throw notFound(version, await stores.models.list());
      await assertMayGoLive(dependencies, model, request.body.force);
      return stores.models.promote(version, 'promote', now());
    },
  );

  service.post(
    '/v1/models/rollback',
    {
      schema: {
        summary: 'Make the last version live that was live before and can predict the bars in use',
        tags: ['models'],
        body: promotionRequestSchema,
        response: { 200: rollbackSchema },
      },
    },
    async (request) => rollBack(dependencies, now(), request.body.force),
  );
}

function notFound(version: string, models: readonly Model[]): DayTradeError {
  const known = models.slice(0, 5).map((model) => model.version);
  return new DayTradeError('model.not-found', `no model ${version}; the newest are: ${known.join(', ') || 'none'}`, {
    details: { version },
  });
}
