import type { Service } from '@daytrade/service';
import type { MlServiceDependencies } from './dependencies.ts';
import { activeSymbols } from './universe.ts';

/** Gauges of the objective and of the live model, read at each scrape. */
export function addLiveMetrics(service: Service, { stores, clock }: MlServiceDependencies): void {
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
