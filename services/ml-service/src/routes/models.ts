import { type Model, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { addRoute, type Service } from '@daytrade/service';
import type { MlServiceDependencies } from '../dependencies.ts';
import { assertClockGoesOn, assertMayGoLive, explainModel, rollBack } from '../predictions/live-model.ts';
import { skilledVersions } from '../predictions/shown-direction.ts';

/** Adds the routes of the registry, promotion and rollback. */
export function addModelRoutes(service: Service, dependencies: MlServiceDependencies): void {
  const { stores, clock } = dependencies;
  const now = () => new Date(clock.now()).toISOString();

  const judged = async (models: readonly Model[]) => {
    const skilled = await skilledVersions(stores, models);
    return models.map((model) => ({ ...model, directionSkilled: skilled.has(model.version) }));
  };

  addRoute(service, routes.models, async () => ({
    models: await judged(await stores.models.list()),
    live: (await stores.models.live())?.version ?? null,
  }));

  addRoute(service, routes.model, async (request) => {
    const { version } = request.params;
    const model = await findModel(stores, version);
    const activations = (await stores.models.activations()).filter((entry) => entry.version === version);
    const judgement = await stores.evaluations.find(`training-${version}`);
    return { model: (await judged([model]))[0]!, own: judgement?.own, activations };
  });

  addRoute(service, routes.importance, async ({ params, query }) =>
    explainModel(dependencies, await findModel(stores, params.version), query.symbol),
  );

  addRoute(service, routes.promote, async (request) => {
    const { version } = request.params;
    await assertMayGoLive(dependencies, await findModel(stores, version));
    const at = now();
    await assertClockGoesOn(stores, at);
    return stores.models.promote(version, 'promote', at, request.caller);
  });

  addRoute(service, routes.rollBack, async ({ caller }) => rollBack(dependencies, { at: now(), by: caller }));
}

async function findModel({ models }: MlServiceDependencies['stores'], version: string): Promise<Model> {
  const found = await models.find(version);
  if (found !== undefined) return found;
  const known = (await models.list()).slice(0, 5).map((model) => model.version);
  throw new DayTradeError('model.not-found', `no model ${version}; the newest are: ${known.join(', ') || 'none'}`);
}
