import type { Service } from '@daytrade/service';
import type { PublishedPrediction } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import type { Publisher } from './publisher.ts';

/** Basis points of the last close from which a bound counts as another one. */
const limitBasisPoints = 1;

type Interval = Pick<PublishedPrediction, 'symbol' | 'lastClose' | 'lower' | 'upper'>;

/** Returns the share of published intervals that were computed otherwise, or not at all; undefined without any. */
export function shiftOf(published: readonly Interval[], computed: readonly Interval[]): number | undefined {
  if (published.length === 0) return undefined;
  const bySymbol = new Map(computed.map((interval) => [interval.symbol, interval]));
  const shifted = published.filter((stands) => {
    const found = bySymbol.get(stands.symbol);
    if (found === undefined) return true;
    const limit = (stands.lastClose * limitBasisPoints) / 10_000;
    // Not a number is a shift, too.
    return !(Math.abs(found.lower - stands.lower) < limit && Math.abs(found.upper - stands.upper) < limit);
  });
  return shifted.length / published.length;
}

/**
 * Exports the share of symbols whose published interval this version computes otherwise. It computes the published
 * forecasts again at the first scrape, and after each publication or change of the live model.
 */
export function addPredictionShift(
  service: Service,
  { stores, logger }: Pick<MlServiceDependencies, 'stores' | 'logger'>,
  compute: Publisher,
): void {
  const shift = service.metrics.gauge('predictionShift');
  let compared = '';
  service.metrics.beforeScrape(async () => {
    const live = await stores.models.live();
    const state = `${live?.version} ${await stores.predictions.newestMadeAt()}`;
    if (live === undefined || state === compared) return;
    compared = state;
    // A scrape does not wait for it.
    void compare().catch((error: unknown) => {
      compared = '';
      logger.warn({ error }, 'the published predictions were not computed again: the next scrape tries it');
    });
  });

  async function compare(): Promise<void> {
    const { predictions } = await compute(undefined, false);
    const [first] = predictions;
    if (first === undefined) return;
    const share = shiftOf(await stores.predictions.byModel(first.session, first.modelVersion), predictions);
    if (share !== undefined) shift.set(share);
  }
}
