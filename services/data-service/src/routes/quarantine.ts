import { routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { parseSymbol } from '@daytrade/market';
import { qualityReasons } from '@daytrade/market-data';
import { addRoute, type Service } from '@daytrade/service';
import type { DataServiceDependencies } from '../dependencies.ts';
import { knownSymbol } from '../known-symbol.ts';

/** The rows that the quality gate kept out or warned about, and why. */
export function addQuarantineRoutes(service: Service, { stores }: DataServiceDependencies): void {
  addRoute(service, routes.quarantine, async ({ query }) => {
    const symbol = query.symbol === undefined ? undefined : parseSymbol(query.symbol);
    if (query.reason !== undefined) assertReason(query.reason);
    const { total, counts, quarantine } = await stores.quarantine.list({ ...query, symbol });
    // Rows may be kept out of a symbol that has no good one; only what is known neither way is not a symbol.
    const isUnknown = symbol !== undefined && (await stores.quarantine.counts({ symbol })).length === 0;
    if (isUnknown) await knownSymbol(symbol, stores);
    return { total, counts, quarantine };
  });
}

/** @throws DayTradeError `input.invalid` naming the reasons that there are */
function assertReason(reason: string): void {
  if (Object.hasOwn(qualityReasons, reason)) return;
  const known = Object.keys(qualityReasons).join(', ');
  throw new DayTradeError('input.invalid', `reason: expected one of ${known}, got ${JSON.stringify(reason)}`, {
    details: { field: 'reason', value: reason },
  });
}
