import type { Importance, Model, Rollback } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { instantOf, sessionTimes } from '@daytrade/market';
import { featureDefinitions } from '@daytrade/series';
import { type ActiveSymbols, activeSymbols, newestBar, type Stores } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { knownCodes, readUniverse } from '../universe.ts';

/**
 * Refuses an instant before the newest record: publication, change of the live model, or close of the newest bar. After
 * a clock is set back, a late record would look as if it had been in time.
 *
 * @throws DayTradeError `data.clock-skew`
 */
export async function assertClockGoesOn(stores: Stores, at: string): Promise<void> {
  const bar = newestBar((await activeSymbols(stores)).records);
  const recorded = [
    ['predictions were published', await stores.predictions.newestMadeAt()],
    ['forecasts within the day were published', await stores.inDayPredictions.newestMadeAt()],
    [
      'a model went live',
      (await stores.models.activations())
        .map((entry) => entry.at)
        .toSorted()
        .at(-1),
    ],
    ['the session of the newest bar closed', bar && new Date(instantOf(bar, sessionTimes(bar).close)).toISOString()],
  ] as const;
  const [event, newest] = recorded.reduce((one, other) => ((other[1] ?? '') > (one[1] ?? '') ? other : one));
  if (at >= (newest ?? '')) return;
  const message =
    `the clock of this machine says ${at}, and ${event} at ${newest}: nothing was changed. Correct the clock; ` +
    'if it was ahead then, wait until that time is past';
  throw new DayTradeError('data.clock-skew', message);
}

/**
 * Refuses a model that could not predict once it is live.
 *
 * @throws DayTradeError `model.file-invalid` if its file is missing, changed, or unusable for this version;
 *   `model.unfit`
 */
export async function assertMayGoLive(
  { stores, computations }: Pick<MlServiceDependencies, 'stores' | 'computations'>,
  model: Model,
): Promise<void> {
  await computations.check(await stores.models.artifact(model.version));
  const active = await activeSymbols(stores);
  // Without bars a model of either kind may go live.
  const reason = active.records.length === 0 ? undefined : unfitness(model, active);
  if (reason === undefined) return;
  throw new DayTradeError('model.unfit', reason);
}

/** Returns the reason why a model does not fit the bars in use: one is synthetic, the other real. */
function unfitness({ version, synthetic }: Model, active: Pick<ActiveSymbols, 'synthetic'>): string | undefined {
  if (synthetic === active.synthetic) return undefined;
  const [of, on] = synthetic ? ['synthetic', 'real'] : ['real', 'synthetic'];
  return `model ${version} was trained on ${of} bars, and the bars are ${on}`;
}

/**
 * Makes the last live model that can predict live again; see {@link assertMayGoLive}.
 *
 * @param asked instant, ISO 8601 in UTC, and the caller's token name
 * @throws DayTradeError `model.none-live`; `model.nothing-to-roll-back` with the faults of earlier models;
 *   `data.clock-skew` as {@link assertClockGoesOn}
 */
export async function rollBack(
  dependencies: MlServiceDependencies,
  { at, by }: { readonly at: string; readonly by: string | null },
): Promise<Rollback> {
  const { models } = dependencies.stores;
  await assertClockGoesOn(dependencies.stores, at);
  const passedOver: Rollback['passedOver'] = [];
  for (const model of await models.rollbackTargets()) {
    const reason = await reasonAgainst(() => assertMayGoLive(dependencies, model));
    if (reason === undefined) break;
    passedOver.push({ version: model.version, reason });
  }
  try {
    const gone = await models.rollback(at, new Set(passedOver.map(({ version }) => version)), by);
    return { ...gone, passedOver };
  } catch (error) {
    if (!isDayTradeError(error) || passedOver.length === 0) throw error;
    const message = [error.message, ...passedOver.map(({ reason }) => reason)].join('; ');
    throw new DayTradeError(error.code, message, { details: { ...error.details, passedOver }, cause: error });
  }
}

/** Returns the fault of a model itself; a store that is away is no reason to skip a model. */
async function reasonAgainst(check: () => Promise<void>): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (isDayTradeError(error) && (error.code === 'model.file-invalid' || error.code === 'model.unfit')) {
      return error.message;
    }
    throw error;
  }
}

const definitions = new Map(featureDefinitions.map((definition) => [definition.name, definition]));

/**
 * Returns the worth of each feature to a model's forecasts after the newest bars, largest effect on the width first.
 *
 * @param symbol in any spelling; its forecast is explained too, null if it has no bar in the newest session
 * @throws DayTradeError `data.no-bars`, `data.symbol-unknown`; `model.none-live` for a model of the other kind of bars
 */
export async function explainModel(
  { stores, computations }: MlServiceDependencies,
  model: Model,
  symbol: string | undefined,
): Promise<Importance> {
  const universe = await readUniverse(stores);
  assertUsable(model, universe);
  const [code] = symbol === undefined ? [] : knownCodes(universe.records, [symbol]);
  const artifact = await stores.models.artifact(model.version);
  const { features, ...report } = await computations.explain({ panel: universe.panel, artifact, symbol: code });
  return {
    version: model.version,
    synthetic: model.synthetic,
    ...report,
    features: features
      .map((feature) => {
        const { group = '', description = '' } = definitions.get(feature.name) ?? {};
        return { ...feature, group, description };
      })
      .toSorted((a, b) => b.logScale - a.logScale),
  };
}

/** @throws DayTradeError `model.none-live` without a live model, or for a model of other bars */
export function assertUsable(model: Model | undefined, universe: Pick<ActiveSymbols, 'synthetic'>): Model {
  if (model === undefined) {
    throw new DayTradeError('model.none-live', 'no model is live: train one, or promote one that is registered');
  }
  const reason = unfitness(model, universe);
  if (reason === undefined) return model;
  throw new DayTradeError('model.none-live', `the live ${reason}: train again`);
}
