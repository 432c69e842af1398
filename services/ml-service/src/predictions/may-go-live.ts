import type { Model } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { MlServiceDependencies } from '../dependencies.ts';
import { type ActiveSymbols, activeSymbols } from '../universe.ts';

/**
 * Refuses a model that could not predict once it is live.
 *
 * @param force also one that was made for other bars than those in use, such as synthetic ones
 * @throws DayTradeError `model.file-invalid` when its file is missing, changed, or cannot be used by this version;
 *   `model.unfit`
 */
export async function assertMayGoLive(
  { stores, computations }: Pick<MlServiceDependencies, 'stores' | 'computations'>,
  model: Model,
  force: boolean,
): Promise<void> {
  await computations.check(await stores.models.artifact(model.version));
  if (force) return;
  const active = await activeSymbols(stores);
  // Without bars it is fit for those that may come.
  const reason = active.records.length === 0 ? undefined : unfitness(model, active);
  if (reason === undefined) return;
  throw new DayTradeError('model.unfit', reason, { details: { modelVersion: model.version } });
}

/** Why a model says nothing about the bars in use: it was made from the other of synthetic and real ones. */
export function unfitness({ version, synthetic }: Model, active: Pick<ActiveSymbols, 'synthetic'>): string | undefined {
  if (synthetic === active.synthetic) return undefined;
  const [of, on] = synthetic ? ['synthetic', 'real'] : ['real', 'synthetic'];
  return `model ${version} was trained on ${of} bars, and the bars are ${on}`;
}
