import type { PriceBasis } from '@daytrade/contracts';
import { dayNumber, parseTradeDate, roundToTick } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { isPlausiblePrice, singlePrecision } from './row-rules.ts';
import { isSplitRatio, shownRatio, splitInVolumes, splitRatios } from './splits.ts';

/** Price basis of a source, and its evidence. */
export interface JudgedBasis {
  readonly basis: PriceBasis;
  /** False where nothing in the rows shows it; the basis is then the one that does least harm. */
  readonly known: boolean;
  readonly reason: string;
}

/** Share of prices off the tick grid above which prices cannot be those that were traded. */
const toleratedShareOffTick = 0.02;
/** Oldest rows that are asked for a ratio of splits: before the last split all have the same. */
const rowsAsked = 100;
/** From 2014-07-22 to 2015-09-23 TOPIX100 had a tick of 0.5 yen up to 5,000 yen; now it is 1 yen from 3,000 on. */
const halvesFrom = dayNumber(parseTradeDate('2014-07-22'));
const halvesTo = dayNumber(parseTradeDate('2015-09-24'));
/** Different prices that show a ratio. */
const fewestPrices = 40;
/** Prices that vendors round to 0.01 yen after they divided them. */
const rounding = 0.005;

/**
 * Determines the price basis of a source, by the first evidence of: the word of the provider or the user; a column of
 * adjusted closes; prices off the tick grid, adjusted for splits alone if some split ratio brings the oldest back onto
 * it; volumes scaled by a split (`splitInVolumes`). Prices on the grid without other evidence count as traded, with
 * limits twice as wide, and `known` is false.
 *
 * The grid is that of TOPIX500, the finest one (for one year a finer one existed). 150.6999969 yen is 150.7 in single
 * precision, in which some vendors keep prices.
 */
export function judgePriceBasis(rows: SourceRows): JudgedBasis {
  if (rows.priceBasis !== undefined) return { basis: rows.priceBasis, known: true, reason: 'it was stated' };
  const byAdjustedClose = basisByAdjustedClose(rows);
  if (byAdjustedClose?.known === true) return byAdjustedClose;
  if (shareOffTick(rows) > toleratedShareOffTick) return adjustedBy(rows);
  if (byAdjustedClose !== undefined) return byAdjustedClose;
  const scaled = rows.interval === '1d' ? splitInVolumes(rows) : undefined;
  if (scaled !== undefined) return { basis: 'split-adjusted', known: true, reason: scaled };
  if (rows.interval === '5m') return { basis: 'traded', known: true, reason: 'they lie on the tick grid' };
  const reason =
    'they lie on the tick grid, and no split shows whether they were adjusted; they are taken as ' +
    'traded, and --basis split-adjusted says otherwise';
  return { basis: 'traded', known: false, reason };
}

/** Prices off the grid: which of the two adjustments they had. */
function adjustedBy(rows: SourceRows): JudgedBasis {
  const ratio = splitRatios.find((each) => isOnTickTimes(rows, each));
  if (ratio === undefined) return { basis: 'fully-adjusted', known: true, reason: 'they lie off the tick grid' };
  const reason =
    `they lie off the tick grid, and the oldest, times ${ratio}, on it, as a split of that ratio or a ` +
    'multiple leaves them';
  return { basis: 'split-adjusted', known: true, reason };
}

/** Share of the plausible prices that are off the tick grid. */
function shareOffTick({ interval, times, open, high, low, close }: SourceRows): number {
  let prices = 0;
  let offTick = 0;
  for (const column of [open, high, low, close]) {
    for (let row = 0; row < times.length; row += 1) {
      const price = column[row]!;
      if (!isPlausiblePrice(price)) continue;
      prices += 1;
      if (isPlainlyOnTick(price)) continue;
      const hadHalves = interval === '1d' && times[row]! >= halvesFrom && times[row]! < halvesTo;
      if (distanceFromTick(hadHalves && price > 1_000 && price <= 5_000 ? price / 5 : price) > singlePrecision * price)
        offTick += 1;
    }
  }
  return prices === 0 ? 0 : offTick / prices;
}

/** Prices that need no table, as nearly all: whole yen up to 10,000, where no tick is wider, and halves up to 3,000. */
function isPlainlyOnTick(price: number): boolean {
  // Numbers so small are whole where they are equal to their 32 bits, which is asked far faster.
  if (price > 10_000) return false;
  return (price | 0) === price || (price <= 3_000 && ((2 * price) | 0) === 2 * price);
}

/**
 * Returns true where the oldest prices times a ratio lie on the tick grid. Only prices count whose tick is much wider
 * than the rounding, so that few lie there by chance. Too few prices prove nothing.
 */
function isOnTickTimes({ times, open, high, low, close }: SourceRows, ratio: number): boolean {
  const falls = times.length > 1 && times[0]! > times.at(-1)!;
  const [from, to] = falls ? [-rowsAsked, undefined] : [0, rowsAsked];
  const prices = new Set([open, high, low, close].flatMap((column) => Array.from(column.slice(from, to))));
  let asked = 0;
  let offTick = 0;
  for (const each of prices) {
    const price = each * ratio;
    const rounded = rounding * ratio;
    if (!isPlausiblePrice(price) || tickAt(price) < 8 * rounded) continue;
    asked += 1;
    if (distanceFromTick(price) > singlePrecision * price + rounded) offTick += 1;
    if (offTick > toleratedShareOffTick * prices.size) return false;
  }
  return asked >= fewestPrices && offTick <= toleratedShareOffTick * asked;
}

function distanceFromTick(price: number): number {
  return Math.abs(price - roundToTick(price, 'topix500', 'nearest'));
}

/** The tick at a price, in yen: the distance between the two prices around one that is off the grid. */
function tickAt(price: number): number {
  const off = price + 0.001;
  return roundToTick(off, 'topix500', 'up') - roundToTick(off, 'topix500', 'down');
}

/** Differences between two closes that come from rounding. */
const closeRounding = 1e-3;

/**
 * Determines the price basis from a column of adjusted closes. If their ratio to the closes steps by a split and the
 * close steps with it, the close is traded. If they differ by less, the column adds dividends back and the close is
 * split-adjusted. If they are equal on every row, the basis is unknown.
 *
 * @returns undefined without such a column
 */
function basisByAdjustedClose({ adjustedClose, close, times }: SourceRows): JudgedBasis | undefined {
  if (adjustedClose === undefined) return undefined;
  const order = Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  let differs = false;
  let before: { readonly factor: number; readonly close: number } | undefined;
  for (const row of order) {
    const factor = adjustedClose[row]! / close[row]!;
    if (!(factor > 0) || !Number.isFinite(factor)) continue;
    differs ||= Math.abs(factor - 1) > closeRounding;
    const step = before === undefined ? 1 : factor / before.factor;
    if (before !== undefined && isSplitRatio(step) && isSplitRatio(before.close / close[row]!, 0.3)) {
      const reason = `beside an adjusted close that takes back a split of ${shownRatio(step)}, the close does not`;
      return { basis: 'traded', known: true, reason };
    }
    before = { factor, close: close[row]! };
  }
  if (differs) {
    const reason = 'the adjusted close differs from the close by dividends, and by no split';
    return { basis: 'split-adjusted', known: true, reason };
  }
  const reason =
    'the adjusted close equals the close on every row, so nothing was adjusted within the file; they ' +
    'are taken as split-adjusted, and --basis says otherwise';
  return { basis: 'split-adjusted', known: false, reason };
}
