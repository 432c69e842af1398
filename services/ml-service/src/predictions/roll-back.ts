import type { Rollback } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { MlServiceDependencies } from '../dependencies.ts';
import { assertClockGoesOn } from './assert-clock.ts';
import { assertMayGoLive } from './may-go-live.ts';

/**
 * Goes back to the last model that was live before and that could predict; see {@link assertMayGoLive}.
 *
 * @param asked the instant, ISO 8601 in UTC, and whose token asks
 * @throws DayTradeError `model.none-live`; `model.nothing-to-roll-back` with what is wrong with those that there are;
 *   `data.clock-skew` as {@link assertClockGoesOn}
 */
export async function rollBack(
  dependencies: MlServiceDependencies,
  { at, by, force }: { readonly at: string; readonly by: string | null; readonly force: boolean },
): Promise<Rollback> {
  const { models } = dependencies.stores;
  await assertClockGoesOn(dependencies.stores, at);
  const passedOver: Rollback['passedOver'] = [];
  for (const model of await models.rollbackTargets()) {
    const reason = await reasonAgainst(() => assertMayGoLive(dependencies, model, force));
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

/** Only what a model itself is to blame for; a store that is away is not a reason to pass one over. */
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
