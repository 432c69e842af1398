import { type JudgedPrediction, measuresDirectionSkill, type PredictionHistory } from '@daytrade/contracts';
import { inDayHorizons } from '@daytrade/market';
import type { Stores, SymbolRecord } from '@daytrade/storage';
import { judgePublished } from './judge.ts';
import { shownBesideClose } from './shown-direction.ts';

type HistoryRow = PredictionHistory['history'][number];

/**
 * Past intervals of a symbol with what happened, oldest first. A session that was published before its open is shown as
 * it was published; another as the newest walk-forward judgement made it in time order, else as it was published late.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function predictionHistory(
  stores: Stores,
  of: Pick<SymbolRecord, 'symbol' | 'synthetic'>,
  limit: number,
  now: number,
): Promise<HistoryRow[]> {
  const published = await judgePublished(stores, of, limit, now);
  const judged = await stores.evaluations.judged(of.symbol, of.synthetic, limit);
  const skilled = judged !== undefined && measuresDirectionSkill(judged.evaluation);
  const walkForward = judged?.rows.map((row) => asShown(row, skilled)) ?? [];
  const bySession = new Map<string, JudgedPrediction>();
  for (const point of [...published.filter(isLive), ...walkForward, ...published]) {
    if (!bySession.has(point.session)) bySession.set(point.session, point);
  }
  const history = [...bySession.values()].sort((a, b) => (a.session < b.session ? -1 : 1)).slice(-limit);
  return history.map((row) => ({ ...row, horizon: 'next-close' }));
}

/**
 * What the newest walk-forward judgement of each horizon within the day made of a symbol, in the order of the day. No
 * direction is shown within the day.
 */
export async function historyWithinDay(
  { evaluations }: Pick<Stores, 'evaluations'>,
  { symbol, synthetic }: Pick<SymbolRecord, 'symbol' | 'synthetic'>,
  limit: number,
): Promise<HistoryRow[]> {
  const judged = await evaluations.judgedWithinDay(symbol, synthetic, limit);
  return inDayHorizons.flatMap((horizon) =>
    (judged.get(horizon) ?? []).map((row) => ({ ...asShown(row, false), horizon })),
  );
}

function asShown(row: JudgedPrediction, directionSkilled: boolean): JudgedPrediction {
  return { ...row, ...shownBesideClose(row, directionSkilled, row.close) };
}

function isLive({ source }: JudgedPrediction): boolean {
  return source === 'live';
}
