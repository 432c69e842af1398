import { barsAge } from '@daytrade/market';
import type { Service } from '@daytrade/service';
import { activeUniverse, newestBar } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/** Intraday bars are counted in their files, each of which may have to be fetched, so not at every scrape. */
const intradayCountMilliseconds = 600_000;

/** Adds the metrics of stored bars, the age of the newest, and quarantined rows; read at each scrape. */
export function addDataMetrics(service: Service, { stores, clock }: DataServiceDependencies): void {
  const stored = service.metrics.gauge('barsStored');
  const age = service.metrics.gauge('newestBarAge');
  const quarantined = service.metrics.gauge('rowsQuarantined');
  let intradayCountedAt = Number.NEGATIVE_INFINITY;
  service.metrics.beforeScrape(async () => {
    if (clock.now() - intradayCountedAt < intradayCountMilliseconds) return;
    stored.set({ interval: '5m' }, await stores.bars.count('5m'));
    intradayCountedAt = clock.now();
  });
  service.metrics.beforeScrape(async () => {
    const records = await stores.symbols.list();
    stored.set({ interval: '1d' }, sum(records.map(({ bars }) => bars)));
    const newest = newestBar(activeUniverse(records));
    if (newest !== undefined) age.set(barsAge(newest, clock.now()).sessionsBehind);
  });
  service.metrics.beforeScrape(async () => {
    quarantined.reset();
    for (const { reason, severity, rows } of await stores.quarantine.counts())
      quarantined.set({ reason, severity }, rows);
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
