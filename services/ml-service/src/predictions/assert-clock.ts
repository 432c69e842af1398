import { DayTradeError } from '@daytrade/errors';
import { instantOf, sessionTimes } from '@daytrade/market';
import { newestBar, type Stores } from '@daytrade/storage';
import { activeSymbols } from '../universe.ts';

/**
 * Refuses an instant before what is recorded already: the newest publication, the newest change of the live model, and
 * the close of the newest bar. What a clock that was set back adds would look as if it had been there in time.
 *
 * @param at instant, ISO 8601 in UTC
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
  throw new DayTradeError('data.clock-skew', message, { details: { here: at, recorded: newest } });
}
