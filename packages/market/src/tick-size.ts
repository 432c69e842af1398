import { DayTradeError } from '@daytrade/errors';
import type { Yen } from './symbol-code.ts';

/** The narrow table is for TOPIX500 (TOPIX100, and Mid400 from 2023-06-05), the standard one for every other stock. */
export type TickTable = 'topix500' | 'standard';

/** A price in integers of 0.1 yen, the form in which prices go into orders. */
export type PriceTenths = number & { readonly __brand: 'PriceTenths' };

/** Direction in which a price off the grid is moved. */
export type TickRounding = 'down' | 'up' | 'nearest';

/** Highest price of each row of the tick table, in tenths of a yen. */
const bounds = [
  1e4,
  3e4,
  5e4,
  1e5,
  3e5,
  5e5,
  1e6,
  3e6,
  5e6,
  1e7,
  3e7,
  5e7,
  1e8,
  3e8,
  5e8,
  Number.POSITIVE_INFINITY,
] as const;

/** Ticks in tenths of a yen. Source: Japan Exchange Group, "Tick Size", tables of 2023-06-05. */
const ticks: Readonly<Record<TickTable, readonly number[]>> = {
  topix500: [1, 5, 10, 10, 50, 100, 100, 500, 1e3, 1e3, 5e3, 1e4, 1e4, 5e4, 1e5, 1e5],
  standard: [10, 10, 50, 100, 100, 500, 1e3, 1e3, 5e3, 1e4, 1e4, 5e4, 1e5, 1e5, 5e5, 1e6],
};

/** Share of a tick within which a price counts as being on the grid: far above float noise, far below 0.01 yen. */
const tolerance = 1e-6;

/** The tick, in tenths of a yen, at a price. */
export function tickSize(price: PriceTenths, table: TickTable): PriceTenths {
  return tickAt(price, table) as PriceTenths;
}

/** The price one tick above a price on the grid. */
export function tickAbove(price: PriceTenths, table: TickTable): PriceTenths {
  return (price + tickAt(price + 1, table)) as PriceTenths;
}

/** The price one tick below a price on the grid; 0 below the lowest. */
export function tickBelow(price: PriceTenths, table: TickTable): PriceTenths {
  return (price - tickAt(price, table)) as PriceTenths;
}

/**
 * The price on the grid of the table next to a price in yen. A price within a millionth of a tick of the grid counts as
 * being on it. Rounded down, a price below the lowest tick becomes 0.
 *
 * @throws DayTradeError `market.price-invalid` when the price is not positive and finite
 */
export function roundToTick(yen: Yen, table: TickTable, rounding: TickRounding): Yen {
  const tenths = checkPrice(yen) * 10;
  const tick = tickAt(tenths, table);
  const steps = tenths / tick;
  const nearest = Math.round(steps);
  if (rounding === 'nearest' || Math.abs(steps - nearest) < tolerance) return (nearest * tick) / 10;
  return ((rounding === 'down' ? Math.floor(steps) : Math.ceil(steps)) * tick) / 10;
}

/** True when a price in yen lies on the grid of the table, within a millionth of a tick. */
export function isOnTick(yen: Yen, table: TickTable): boolean {
  const steps = (checkPrice(yen) * 10) / tickAt(yen * 10, table);
  return Math.round(steps) > 0 && Math.abs(steps - Math.round(steps)) < tolerance;
}

/**
 * Every bound is a multiple of the ticks on both of its sides, so a step from one range into the next stays on the
 * grid.
 */
function tickAt(tenths: number, table: TickTable): number {
  let range = 0;
  while (tenths > bounds[range]!) range++;
  return ticks[table][range]!;
}

function checkPrice(yen: number): number {
  if (yen > 0 && Number.isFinite(yen)) return yen;
  throw new DayTradeError('market.price-invalid', `price: expected a positive, finite number of yen, got ${yen}`, {
    details: { field: 'price', value: String(yen) },
  });
}
