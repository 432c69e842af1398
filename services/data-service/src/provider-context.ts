import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { type BucketClock, type ProviderContext, type StoredIntraday, TokenBucket } from '@daytrade/market-data';
import { isLoopback } from '@daytrade/service/client';
import type { DataServiceDependencies } from './dependencies.ts';
import { UploadFiles } from './uploads.ts';

/** Returns what providers are opened with: settings, stores, and the request budgets of this process. */
export function providerContext({
  settings,
  stores,
  clock,
}: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>): ProviderContext {
  return {
    settings,
    now: () => clock.now(),
    symbols: stores.symbols,
    intradaySymbols: () => stores.bars.symbols('5m'),
    storedIntraday: storedIntraday(stores.bars),
    universe: stores.universe,
    uploads: (id) => new UploadFiles(stores.uploads, id),
    tableText: (file, mostCharacters) => stores.bars.tableText(file, mostCharacters),
    importRoot: (field) => importRoot(settings, stores.alone, field),
    machine: `the machine of the data service, ${hostname()}`,
    bucket: (limit, requestsPerMinute, taken = 0) => bucketOf(stores, limit, requestsPerMinute, taken),
  };
}

/** Returns the times of stored 5-minute bars. A damaged file counts as none, so that all its bars are fetched again. */
function storedIntraday(bars: DataServiceDependencies['stores']['bars']): StoredIntraday {
  return async (symbol, range) => {
    try {
      return (await bars.readIntraday(symbol, range)).times;
    } catch (error) {
      if (isDayTradeError(error) && error.code === 'data.bars-damaged') return [];
      throw error;
    }
  };
}

/** @param alone whether the service shares its stores with no other process */
function importRoot(
  { DAYTRADE_IMPORT_ROOT: root, DAYTRADE_HOST: host }: DataServiceDependencies['settings'],
  alone: boolean,
  field: string,
): string | undefined {
  if (root !== undefined || (isLoopback(host) && alone)) return root;
  throw new DayTradeError(
    'data.folder-refused',
    `${field}: no path is read here, since ` +
      `${alone ? `DAYTRADE_HOST=${host} is beyond loopback` : 'the services run as a cluster'} and ` +
      'DAYTRADE_IMPORT_ROOT is not set',
  );
}

const steadyClock: BucketClock = {
  now: () => performance.now(),
  pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};

/** Request budgets of a process by its stores and the name of the limit: fetches and updates share them. */
const buckets = new WeakMap<object, Map<string, TokenBucket>>();

function bucketOf(owner: object, limit: string, requestsPerMinute: number, taken: number): TokenBucket {
  const own = buckets.get(owner) ?? new Map<string, TokenBucket>();
  buckets.set(owner, own);
  const bucket = own.get(limit) ?? new TokenBucket(requestsPerMinute, steadyClock, taken);
  own.set(limit, bucket);
  return bucket;
}
