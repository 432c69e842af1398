import type { JudgedPrediction, PriceFactor } from '@daytrade/contracts';
import { dateOfDayNumber, hasBegun, type SymbolCode, type TradeDate } from '@daytrade/market';
import {
  type PublishedInterval,
  type PublishedPrediction,
  readUndamaged,
  type Stores,
  type SymbolRecord,
} from '@daytrade/storage';
import { shownDirection, skilledModels } from './shown-direction.ts';

/**
 * Puts what happened beside a published prediction. What it said of the direction is shown beside a close, where it
 * shows what it was worth; without one only where skill was measured.
 *
 * @param close of its session, in the prices that it was published in; null while there is none
 */
function judge(prediction: PublishedPrediction, close: number | null, directionSkilled: boolean): JudgedPrediction {
  const { centre, probabilityUp } = shownDirection(prediction, directionSkilled || close !== null);
  return {
    session: prediction.session,
    lastClose: prediction.lastClose,
    centre,
    lower: prediction.lower,
    upper: prediction.upper,
    probabilityUp,
    close,
    inside: close === null ? null : isInside(prediction, close),
    modelVersion: prediction.modelVersion,
    source: isLate(prediction) ? 'late' : 'live',
  };
}

/** The predictions that stood for the newest `limit` sessions of a symbol beside what happened, oldest first. */
export async function judgePublished(
  stores: Stores,
  { symbol, synthetic }: Pick<SymbolRecord, 'symbol' | 'synthetic'>,
  limit: number,
): Promise<JudgedPrediction[]> {
  const published = await stores.predictions.history(symbol, synthetic, limit);
  const closes = await readCloses(stores, published);
  const skilled = await skilledModels(stores, published);
  return published.map((prediction) =>
    judge(prediction, closes(prediction) ?? null, skilled.has(prediction.modelVersion)),
  );
}

/** Whether a prediction was made after its session had opened. */
export function isLate({ session, madeAt }: Pick<PublishedPrediction, 'session' | 'madeAt'>): boolean {
  return hasBegun(session, Date.parse(madeAt));
}

/** What has to be known of a prediction to find the close that it is judged by. */
type Anchored = Pick<PublishedInterval, 'symbol' | 'session' | 'lastSession' | 'lastClose' | 'priceBasis'>;

/**
 * Looks up the closes of predicted sessions in the prices that the predictions were published in, undefined where there
 * was no trade; reads the bars of all symbols at once.
 */
export async function readCloses(
  stores: Stores,
  wanted: readonly Anchored[],
): Promise<(at: Anchored) => number | undefined> {
  if (wanted.length === 0) return () => undefined;
  const symbols = [...new Set(wanted.map(({ symbol }) => symbol))];
  const from = wanted.map(({ lastSession }) => lastSession).toSorted()[0]!;
  // Tick table and price basis do not matter for a close.
  const codes = symbols.map((symbol) => ({ symbol, tickTable: 'standard', priceBasis: 'traded' }) as const);
  const { entries, result } = await readUndamaged(stores.bars, codes, (sound) =>
    stores.bars.readPanel(sound, { from }),
  );
  if (result === undefined) return () => undefined;
  const { days, close } = result;
  const places = new Map(entries.map(({ symbol }, s) => [symbol, s]));
  const rows = new Map(Array.from(days, (day, t) => [dateOfDayNumber(day), t * entries.length]));
  const closeOf = (symbol: SymbolCode, session: TradeDate) =>
    close[(rows.get(session) ?? NaN) + (places.get(symbol) ?? NaN)] ?? NaN;
  const factors = wanted.some(({ priceBasis }) => priceBasis === 'traded')
    ? await stores.priceFactors.all()
    : undefined;
  return (at) => {
    const split = splitWithin(at, factors?.get(at.symbol) ?? []);
    const value = asPublished(at, closeOf(at.symbol, at.session) / split, closeOf(at.symbol, at.lastSession));
    return Number.isNaN(value) ? undefined : value;
  };
}

/** What the splits from the session after the last known one to the predicted one made of traded prices. */
function splitWithin({ priceBasis, lastSession, session }: Anchored, factors: readonly PriceFactor[]): number {
  if (priceBasis !== 'traded') return 1;
  return factors
    .filter(({ kind, date }) => kind === 'split' && date > lastSession && date <= session)
    .reduce((product, { value }) => product * value, 1);
}

/**
 * A close in the prices of a prediction. Adjusted bars are restated when a stock splits or, where they are adjusted for
 * them, pays a dividend: all earlier prices change by one factor. So the close is what the published last close became
 * by the return of today's bars. Traded prices never change: a promise in them is kept or broken in yen, on the day of
 * a split in those of the day before. A dividend changes nothing: the interval lies lower by what was expected of it.
 *
 * @param close of the predicted session, as today's bars have it
 * @param anchor the close that the prediction was made from, as today's bars have it; NaN when they no longer do
 */
function asPublished({ lastClose, priceBasis }: Anchored, close: number, anchor: number): number {
  const restated = priceBasis !== 'traded' && anchor !== lastClose && !Number.isNaN(anchor);
  return restated ? (close / anchor) * lastClose : close;
}

/** Whether a close is within the bounds. */
export function isInside({ lower, upper }: Pick<PublishedPrediction, 'lower' | 'upper'>, close: number): boolean {
  return lower <= close && close <= upper;
}

/** Width of an interval: the logarithm of its bounds' ratio, in 1e-4. */
export function widthBp({ lower, upper }: Pick<PublishedPrediction, 'lower' | 'upper'>): number {
  return 1e4 * Math.log(upper / lower);
}
