import { emptyUniverseRecord, type UniverseRecord } from '@daytrade/market';
import type { ProviderContext } from './definition.ts';

/** A record of listings in memory. */
export function memoryUniverse(record: UniverseRecord = emptyUniverseRecord): ProviderContext['universe'] {
  let current = record;
  return {
    read: async () => current,
    change: async (change) => {
      current = change(current);
    },
  };
}
