import type { Accuracy, JudgedPrediction, Prediction } from '@daytrade/contracts';
import { dateOfDayNumber, type SymbolCode } from '@daytrade/market';
import { type PublishedPrediction, readUndamaged, type Stores } from '@daytrade/storage';

/** Puts what happened beside a published prediction; `close` is null while the session is not over. */
export function judge(prediction: Prediction, close: number | null): JudgedPrediction {
  return {
    session: prediction.session,
    lastClose: prediction.lastClose,
    centre: prediction.centre,
    lower: prediction.lower,
    upper: prediction.upper,
    probabilityUp: prediction.probabilityUp,
    close,
    inside: close === null ? null : prediction.lower <= close && close <= prediction.upper,
    modelVersion: prediction.modelVersion,
    source: 'live',
  };
}

/** The newest `limit` published predictions of a symbol beside what happened, oldest first. */
export async function judgePublished(stores: Stores, symbol: SymbolCode, limit: number): Promise<JudgedPrediction[]> {
  const published = await stores.predictions.history(symbol, limit);
  const closes = await readCloses(stores, published);
  return published.map((prediction) => judge(prediction, closes(prediction) ?? null));
}

/** What the published predictions of one universe did so far: two queries, whatever the number of symbols. */
export async function judgeLive(stores: Stores, synthetic: boolean): Promise<Accuracy['live']> {
  const published = await stores.predictions.newestSessions(liveSessions, synthetic);
  const closes = await readCloses(stores, published);
  const judged = published.flatMap((interval) => {
    const close = closes(interval);
    return close === undefined ? [] : [{ ...interval, inside: interval.lower <= close && close <= interval.upper }];
  });
  const inside = judged.filter((outcome) => outcome.inside).length;
  return {
    judged: judged.length,
    inside,
    coverage: judged.length === 0 ? null : inside / judged.length,
    firstSession: judged[0]?.session ?? null,
    lastSession: judged.at(-1)?.session ?? null,
  };
}

/** Published sessions that the live figure looks back over. */
const liveSessions = 250;

/** A symbol at a session. */
type SymbolSession = Pick<PublishedPrediction, 'symbol' | 'session'>;

/**
 * Looks up closes, undefined where there was no trade; reads the bars of all symbols at once, from the earliest session
 * on.
 */
export async function readCloses(
  stores: Stores,
  wanted: readonly SymbolSession[],
): Promise<(at: SymbolSession) => number | undefined> {
  if (wanted.length === 0) return () => undefined;
  const symbols = [...new Set(wanted.map(({ symbol }) => symbol))];
  const from = wanted.map(({ session }) => session).toSorted()[0]!;
  // Tick table and price basis do not matter for a close.
  const codes = symbols.map((symbol) => ({ symbol, tickTable: 'standard', priceBasis: 'traded' }) as const);
  const { entries, result } = await readUndamaged(stores.bars, codes, (sound) =>
    stores.bars.readPanel(sound, { from }),
  );
  if (result === undefined) return () => undefined;
  const { days, close } = result;
  const places = new Map(entries.map(({ symbol }, s) => [symbol, s]));
  const rows = new Map(Array.from(days, (day, t) => [dateOfDayNumber(day), t * entries.length]));
  return ({ symbol, session }) => {
    const value = close[(rows.get(session) ?? NaN) + (places.get(symbol) ?? NaN)];
    return Number.isNaN(value) ? undefined : value;
  };
}
