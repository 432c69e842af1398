import type { Yen } from '@daytrade/market';

/** What a broker takes for one order, by its value: up to `upTo` yen it is `fee` yen. */
export interface CommissionStep {
  readonly upTo: Yen;
  readonly fee: Yen;
}

/** Steps by rising value; the last one is without end. */
export type CommissionTable = readonly CommissionStep[];

export type CommissionPlan = 'none' | 'per-order';

/**
 * Commissions by plan: none, as the large online brokers have taken since 2023, and a table of the size that online
 * brokers take for an order, with tax: an example, not the price list of one of them.
 */
export const commissionTables: Readonly<Record<CommissionPlan, CommissionTable>> = {
  none: [{ upTo: Infinity, fee: 0 }],
  'per-order': [
    { upTo: 50_000, fee: 55 },
    { upTo: 100_000, fee: 99 },
    { upTo: 200_000, fee: 115 },
    { upTo: 500_000, fee: 275 },
    { upTo: 1_000_000, fee: 535 },
    { upTo: 1_500_000, fee: 640 },
    { upTo: 30_000_000, fee: 1_013 },
    { upTo: Infinity, fee: 1_070 },
  ],
};

/** The commission of an order of a value. */
export function commissionOf(value: Yen, table: CommissionTable): Yen {
  for (const { upTo, fee } of table) if (value <= upTo) return fee;
  return table.at(-1)?.fee ?? 0;
}
