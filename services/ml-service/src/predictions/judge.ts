import type { Accuracy, JudgedPrediction, Prediction } from '@daytrade/contracts';
import { dateOfDayNumber, parseTradeDate } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';

/** Closes by session of one symbol, for looking up what happened. */
export type ClosesBySession = ReadonlyMap<string, number>;

/** The closes of a symbol from a session on. */
export async function readCloses(stores: Stores, symbol: string, from: string): Promise<ClosesBySession> {
  const bars = await stores.bars.read(symbol, { from: parseTradeDate(from) });
  return new Map(Array.from(bars.days, (day, index) => [dateOfDayNumber(day), bars.close[index] as number]));
}

/** Puts what happened beside a published prediction; `close` stays null while the session is not over. */
export function judge(prediction: Prediction, closes: ClosesBySession): JudgedPrediction {
  const close = closes.get(prediction.session) ?? null;
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
export async function judgePublished(stores: Stores, symbol: string, limit: number): Promise<JudgedPrediction[]> {
  const published = await stores.predictions.history(symbol, limit);
  const [oldest] = published;
  if (oldest === undefined) return [];
  const closes = await readCloses(stores, symbol, oldest.session);
  return published.map((prediction) => judge(prediction, closes));
}

/** What the published predictions did so far, over the symbols that are given. */
export async function judgeLive(stores: Stores, symbols: readonly string[]): Promise<Accuracy['live']> {
  const outcomes: JudgedPrediction[] = [];
  for (const symbol of symbols) {
    const judged = await judgePublished(stores, symbol, liveSessions);
    outcomes.push(...judged.filter((outcome) => outcome.close !== null));
  }
  const sessions = outcomes.map((outcome) => outcome.session).sort();
  const inside = outcomes.filter((outcome) => outcome.inside).length;
  return {
    judged: outcomes.length,
    inside,
    coverage: outcomes.length === 0 ? null : inside / outcomes.length,
    firstSession: sessions[0] ?? null,
    lastSession: sessions.at(-1) ?? null,
  };
}

/** Published sessions that the live figure looks back over. */
const liveSessions = 250;
