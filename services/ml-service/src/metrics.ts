import type { Service } from '@daytrade/service';
import { activeSymbols, type PublishedPrediction } from '@daytrade/storage';
import type { MlServiceDependencies } from './dependencies.ts';
import type { Publisher } from './predictions/publish.ts';

/** Exports gauges of the objective and of the live model, read at each scrape. */
export function addLiveMetrics(
  service: Service,
  { stores, clock }: Pick<MlServiceDependencies, 'stores' | 'clock'>,
): void {
  const coverage = service.metrics.gauge('intervalCoverage');
  const coverageOfSymbol = service.metrics.gauge('intervalCoverageOfSymbol');
  const width = service.metrics.gauge('intervalWidth');
  const winkler = service.metrics.gauge('intervalWinkler');
  const age = service.metrics.gauge('modelAge');

  service.metrics.beforeScrape(async () => {
    const { synthetic } = await activeSymbols(stores);
    const evaluation = await stores.evaluations.latest(synthetic);
    const last = evaluation?.series.at(-1);
    if (evaluation !== undefined && last !== undefined) {
      coverage.set({ window: 'all' }, evaluation.coverage);
      if (last.coverage20 !== null) coverage.set({ window: '20' }, last.coverage20);
      if (last.coverage60 !== null) coverage.set({ window: '60' }, last.coverage60);
      if (last.coverage250 !== null) coverage.set({ window: '250' }, last.coverage250);
      const bySymbol = evaluation.bySymbol.filter(({ days }) => days >= 250).map((symbol) => symbol.coverage);
      if (bySymbol.length > 0) {
        coverageOfSymbol.set({ bound: 'lowest' }, Math.min(...bySymbol));
        coverageOfSymbol.set({ bound: 'highest' }, Math.max(...bySymbol));
      }
      width.set(evaluation.meanWidthBp);
      winkler.set(evaluation.winklerBp);
    }
    const live = await stores.models.live();
    if (live !== undefined) age.set((clock.now() - Date.parse(live.createdAt)) / 1000);
  });
}

/** Basis points of the last close by which a bound must differ to count. */
const limitBasisPoints = 1;

type Interval = Pick<PublishedPrediction, 'symbol' | 'lastClose' | 'lower' | 'upper'>;

/** Returns the share of published intervals that are computed differently, or not at all; undefined without any. */
export function shiftOf(published: readonly Interval[], computed: readonly Interval[]): number | undefined {
  if (published.length === 0) return undefined;
  const bySymbol = new Map(computed.map((interval) => [interval.symbol, interval]));
  const shifted = published.filter(({ symbol, lastClose, lower, upper }) => {
    const found = bySymbol.get(symbol);
    if (found === undefined) return true;
    const limit = (lastClose * limitBasisPoints) / 10_000;
    // NaN counts as different.
    return !(Math.abs(found.lower - lower) < limit && Math.abs(found.upper - upper) < limit);
  });
  return shifted.length / published.length;
}

/**
 * Exports the share of published intervals that this version computes differently, for the judgement of a canary. The
 * version of a process does not change, so the forecasts are computed once, as soon as something is published.
 */
export function addPredictionShift(
  service: Service,
  { stores, logger }: Pick<MlServiceDependencies, 'stores' | 'logger'>,
  compute: Publisher,
): void {
  const shift = service.metrics.gauge('predictionShift');
  let isMeasured = false;
  let compared = '';
  service.metrics.beforeScrape(async () => {
    if (isMeasured) return;
    const live = await stores.models.live();
    const state = `${live?.version} ${await stores.predictions.newestMadeAt()}`;
    if (live === undefined || state === compared) return;
    compared = state;
    // The scrape does not wait for the comparison.
    void compare().catch((error: unknown) => {
      compared = '';
      logger.warn({ error }, 'cannot compare with the published predictions: the next scrape tries again');
    });
  });

  async function compare(): Promise<void> {
    const { predictions } = await compute(undefined, false);
    const [first] = predictions;
    if (first === undefined) return;
    const share = shiftOf(await stores.predictions.byModel(first.session, first.modelVersion), predictions);
    if (share === undefined) return;
    shift.set(share);
    isMeasured = true;
  }
}
