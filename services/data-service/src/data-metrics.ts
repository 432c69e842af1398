import { countSessions, lastClosedSession, type TradeDate } from '@daytrade/market';
import type { Service } from '@daytrade/service-kit';
import { activeUniverse } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/** How many bars there are, how old the newest is, and what was kept out; read at each scrape. */
export function addDataMetrics(service: Service, { stores, clock }: DataServiceDependencies): void {
  const stored = service.metrics.gauge('barsStored');
  const age = service.metrics.gauge('newestBarAge');
  const quarantined = service.metrics.gauge('rowsQuarantined');
  service.metrics.beforeScrape(async () => {
    for (const interval of ['1d', '5m'] as const) stored.set({ interval }, await stores.bars.count(interval));
  });
  service.metrics.beforeScrape(async () => {
    const dates = activeUniverse(await stores.symbols.list()).map(({ lastDate }) => lastDate);
    const newest = dates.toSorted().at(-1) as TradeDate | undefined;
    if (newest !== undefined) age.set(sessionsAfter(newest, lastClosedSession(clock.now())));
  });
  service.metrics.beforeScrape(async () => {
    quarantined.reset();
    for (const { reason, severity, rows } of await stores.quarantine.counts())
      quarantined.set({ reason, severity }, rows);
  });
}

/** Sessions after one day up to another; 0 when that is not later. */
function sessionsAfter(date: TradeDate, last: TradeDate): number {
  return Math.max(0, countSessions(date, last) - 1);
}
