import type { JudgedPrediction, PriceFactor } from '@daytrade/contracts';
import { dateOfDayNumber, hasBegun, type SymbolCode, type TradeDate } from '@daytrade/market';
import type {
  JudgedCloseRecord,
  PublishedInterval,
  PublishedPrediction,
  Stores,
  SymbolRecord,
} from '@daytrade/storage';
import { shownBesideClose, skilledModels } from './shown-direction.ts';

/**
 * Judges a published prediction by its close.
 *
 * @param judged undefined while there is no close
 */
function judge(
  prediction: PublishedPrediction,
  judged: JudgedClose | undefined,
  directionSkilled: boolean,
): JudgedPrediction {
  const close = judged?.close ?? null;
  return {
    session: prediction.session,
    lastClose: prediction.lastClose,
    ...shownBesideClose(prediction, directionSkilled, close),
    lower: prediction.lower,
    upper: prediction.upper,
    close,
    inside: close === null ? null : isInside(prediction, close),
    ...(judged?.restated === undefined ? {} : { restatedClose: judged.restated }),
    modelVersion: prediction.modelVersion,
    source: isLate(prediction) ? 'late' : 'live',
  };
}

/** Returns the judged predictions of a symbol's newest `limit` sessions, oldest first. */
export async function judgePublished(
  stores: Stores,
  { symbol, synthetic }: Pick<SymbolRecord, 'symbol' | 'synthetic'>,
  limit: number,
  now: number,
): Promise<JudgedPrediction[]> {
  const published = await stores.predictions.history(symbol, synthetic, limit);
  const closes = await readCloses(stores, published, now);
  const skilled = await skilledModels(stores, published);
  return published.map((prediction) => judge(prediction, closes(prediction), skilled.has(prediction.modelVersion)));
}

/** Returns whether a prediction was made after its session had opened. */
export function isLate({ session, madeAt }: Pick<PublishedPrediction, 'session' | 'madeAt'>): boolean {
  return hasBegun(session, Date.parse(madeAt));
}

/** Fields of a prediction by which its close is found. */
type Anchored = Pick<PublishedInterval, 'symbol' | 'session' | 'lastSession' | 'lastClose' | 'priceBasis'>;

/** Close that intervals are judged by, in the prices in which they were published. */
export interface JudgedClose {
  readonly close: number;
  /** Close as restated after the judgement; undefined if it was not. */
  readonly restated: number | undefined;
}

/**
 * Reads the closes of predicted sessions, in the prices of the predictions; undefined without a trade. The first close
 * of a session is stored, and a later one is shown as restated.
 */
export async function readCloses(
  stores: Stores,
  wanted: readonly Anchored[],
  now: number,
): Promise<(at: Anchored) => JudgedClose | undefined> {
  if (wanted.length === 0) return () => undefined;
  const closesNow = await readClosesNow(stores, wanted);
  const symbols = [...new Set(wanted.map(({ symbol }) => symbol))];
  const from = wanted.map(({ session }) => session).toSorted()[0]!;
  const kept = new Map((await stores.judgedCloses.since(from, symbols)).map((record) => [keyOf(record), record]));
  const judgedAt = new Date(now).toISOString();
  const added: JudgedCloseRecord[] = [];
  for (const at of wanted) {
    const { close, lastClose } = closesNow(at);
    if (close === null || kept.has(keyOf(at))) continue;
    const { session, symbol, lastSession } = at;
    const record = { session, symbol, lastSession, close, lastClose, judgedAt };
    kept.set(keyOf(at), record);
    added.push(record);
  }
  if (added.length > 0) await stores.judgedCloses.keep(added);
  const factors = wanted.some(({ priceBasis }) => priceBasis === 'traded')
    ? await stores.priceFactors.all()
    : undefined;
  return (at) => {
    const judged = kept.get(keyOf(at));
    if (judged === undefined) return undefined;
    const split = splitWithin(at, factors?.get(at.symbol) ?? []);
    const later = closesNow(at);
    return {
      close: asPublished(at, judged.close / split, judged.lastClose),
      restated: isRestated(judged, later) ? asPublished(at, later.close / split, later.lastClose) : undefined,
    };
  };
}

/** Closes of a predicted session and of the last one before it, in the prices of the bars; null if missing. */
type Closes = Pick<JudgedCloseRecord, 'lastClose'> & { readonly close: number | null };

async function readClosesNow(stores: Stores, wanted: readonly Anchored[]): Promise<(at: Anchored) => Closes> {
  const symbols = [...new Set(wanted.map(({ symbol }) => symbol))];
  const from = wanted.map(({ lastSession }) => lastSession).toSorted()[0]!;
  // A close needs neither tick table nor price basis.
  const codes = symbols.map((symbol) => ({ symbol, tickTable: 'standard', priceBasis: 'traded' }) as const);
  const { days, close } = await stores.bars.readPanel(codes, { from });
  const places = new Map(codes.map(({ symbol }, s) => [symbol, s]));
  const rows = new Map(Array.from(days, (day, t) => [dateOfDayNumber(day), t * codes.length]));
  const closeOf = (symbol: SymbolCode, session: TradeDate) => {
    const value = close[(rows.get(session) ?? NaN) + (places.get(symbol) ?? NaN)];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  return ({ symbol, session, lastSession }) => ({
    close: closeOf(symbol, session),
    lastClose: closeOf(symbol, lastSession),
  });
}

function keyOf({ session, symbol, lastSession }: Pick<Anchored, 'session' | 'symbol' | 'lastSession'>): string {
  return `${session} ${symbol} ${lastSession}`;
}

/** Log difference that rounding of adjusted prices may leave. */
const roundingOfAdjusted = 1e-3;

/**
 * Returns whether a close was restated after the judgement. A split changes the closes of both sessions by one factor,
 * and a dividend that of the last session alone; neither counts.
 */
function isRestated(judged: JudgedCloseRecord, later: Closes): later is Closes & { readonly close: number } {
  if (later.close === null || later.close === judged.close) return false;
  if (judged.lastClose === null || later.lastClose === null || later.lastClose === judged.lastClose) return true;
  const change = Math.log(later.close / judged.close) - Math.log(later.lastClose / judged.lastClose);
  return Math.abs(change) > roundingOfAdjusted;
}

/** Returns the factor of splits on traded prices, after the last known session up to the predicted one. */
function splitWithin({ priceBasis, lastSession, session }: Anchored, factors: readonly PriceFactor[]): number {
  if (priceBasis !== 'traded') return 1;
  return splitsOn(factors, (date) => date > lastSession && date <= session);
}

/**
 * Returns a close in the prices of a prediction. Splits, and dividends where bars are adjusted for them, restate all
 * earlier adjusted prices by one factor: there the published last close is moved by the return of the bars. Traded
 * prices never change, and the interval already includes the expected dividend.
 *
 * @param anchor close that the prediction was made from, of the same bars; null if they no longer have it
 */
function asPublished({ lastClose, priceBasis }: Anchored, close: number, anchor: number | null): number {
  const restated = priceBasis !== 'traded' && anchor !== lastClose && anchor !== null;
  return restated ? (close / anchor) * lastClose : close;
}

/** Returns whether a close is within the bounds. */
export function isInside({ lower, upper }: Pick<PublishedPrediction, 'lower' | 'upper'>, close: number): boolean {
  return lower <= close && close <= upper;
}

/** Returns the width of an interval: the logarithm of the ratio of its bounds, in 1e-4. */
export function widthBp({ lower, upper }: Pick<PublishedPrediction, 'lower' | 'upper'>): number {
  return 1e4 * Math.log(upper / lower);
}

/** Returns the mean of widths; null without any. */
export function meanOf(widths: readonly number[]): number | null {
  return widths.length === 0 ? null : widths.reduce((sum, width) => sum + width, 0) / widths.length;
}

/** Returns the factor of the splits of a symbol on some days. */
function splitsOn(factors: readonly PriceFactor[], isAmong: (date: TradeDate) => boolean): number {
  return factors
    .filter(({ kind, date }) => kind === 'split' && isAmong(date))
    .reduce((product, { value }) => product * value, 1);
}
