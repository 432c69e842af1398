import { DayTradeError } from '@daytrade/errors';
import type { Yen } from './symbol-code.ts';
import { parseTradeDate, type TradeDate } from './trade-date.ts';

/** The narrow table is for TOPIX500 (TOPIX100, and Mid400 from 2023-06-05), the standard one for every other stock. */
export type TickTable = 'topix500' | 'standard';

/** A table with the earlier ones of TOPIX100, of 2014-01-14 and of 2014-07-22. */
export type DatedTickTable = TickTable | 'topix100-phase-1' | 'topix100-phase-2';

/** A price in integers of 0.1 yen, the form in which prices go into orders. */
export type PriceTenths = number & { readonly __brand: 'PriceTenths' };

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

/**
 * Ticks in tenths of a yen. Source: Japan Exchange Group, "Tick Size", tables of 2023-06-05, and those for TOPIX100 of
 * 2014-01-14 and 2014-07-22.
 */
const ticks: Readonly<Record<DatedTickTable, readonly number[]>> = {
  'topix100-phase-1': [10, 10, 10, 10, 50, 50, 100, 500, 500, 1e3, 5e3, 5e3, 1e4, 5e4, 5e4, 1e5],
  'topix100-phase-2': [1, 5, 5, 10, 50, 50, 100, 500, 500, 1e3, 5e3, 5e3, 1e4, 5e4, 5e4, 1e5],
  topix500: [1, 5, 10, 10, 50, 100, 100, 500, 1e3, 1e3, 5e3, 1e4, 1e4, 5e4, 1e5, 1e5],
  standard: [10, 10, 50, 100, 100, 500, 1e3, 1e3, 5e3, 1e4, 1e4, 5e4, 1e5, 1e5, 5e5, 1e6],
};

/** Share of a tick within which a price counts as being on the grid: far above float noise, far below 0.01 yen. */
const tolerance = 1e-6;

/** Narrow tables of a size group by the day from which they hold, newest first. */
const narrowFrom: Readonly<Record<'topix100' | 'mid400', readonly (readonly [from: TradeDate, DatedTickTable])[]>> = {
  topix100: [
    [parseTradeDate('2015-09-24'), 'topix500'],
    [parseTradeDate('2014-07-22'), 'topix100-phase-2'],
    [parseTradeDate('2014-01-14'), 'topix100-phase-1'],
  ],
  mid400: [[parseTradeDate('2023-06-05'), 'topix500']],
};

/** Returns the table of a size group of TOPIX500 on a day. */
export function tickTableOn(group: keyof typeof narrowFrom, day: TradeDate): DatedTickTable {
  return narrowFrom[group].find(([from]) => day >= from)?.[1] ?? 'standard';
}

/** The tick, in tenths of a yen, at a price. */
export function tickSize(price: PriceTenths, table: DatedTickTable): PriceTenths {
  return tickAt(price, table) as PriceTenths;
}

/** The price one tick above a price on the grid. */
export function tickAbove(price: PriceTenths, table: DatedTickTable): PriceTenths {
  return (price + tickAt(price + 1, table)) as PriceTenths;
}

/** The price one tick below a price on the grid; 0 below the lowest. */
export function tickBelow(price: PriceTenths, table: DatedTickTable): PriceTenths {
  return (price - tickAt(price, table)) as PriceTenths;
}

/**
 * The price on the grid of the table next to a price in yen. A price within a millionth of a tick of the grid counts as
 * being on it. Rounded down, a price below the lowest tick becomes 0.
 *
 * @throws DayTradeError `market.price-invalid` when the price is not positive and finite
 */
export function roundToTick(yen: Yen, table: DatedTickTable, rounding: TickRounding): Yen {
  const tenths = checkPrice(yen) * 10;
  const tick = tickAt(tenths, table);
  const steps = tenths / tick;
  const nearest = Math.round(steps);
  if (rounding === 'nearest' || Math.abs(steps - nearest) < tolerance) return (nearest * tick) / 10;
  return ((rounding === 'down' ? Math.floor(steps) : Math.ceil(steps)) * tick) / 10;
}

/** True when a price in yen lies on the grid of the table, within a millionth of a tick. */
export function isOnTick(yen: Yen, table: DatedTickTable): boolean {
  const steps = (checkPrice(yen) * 10) / tickAt(yen * 10, table);
  return Math.round(steps) > 0 && Math.abs(steps - Math.round(steps)) < tolerance;
}

/**
 * Every bound is a multiple of the ticks on both of its sides, so a step from one range into the next stays on the
 * grid.
 */
function tickAt(tenths: number, table: DatedTickTable): number {
  let range = 0;
  while (tenths > bounds[range]!) range++;
  return ticks[table][range]!;
}

function checkPrice(yen: number): number {
  if (yen > 0 && Number.isFinite(yen)) return yen;
  throw new DayTradeError('market.price-invalid', `price: expected a positive, finite number of yen, got ${yen}`);
}
