import type { JudgedPrediction } from '@daytrade/contracts';
import type { Stores, SymbolRecord } from '@daytrade/storage';
import { judgePublished } from './judge.ts';

/**
 * Past intervals of a symbol with what happened, oldest first: what was published, and before that what the newest
 * walk-forward judgement made in time order. A session that was published is shown as it was published.
 */
export async function predictionHistory(
  stores: Stores,
  { symbol, synthetic }: Pick<SymbolRecord, 'symbol' | 'synthetic'>,
  limit: number,
): Promise<JudgedPrediction[]> {
  const live = await judgePublished(stores, symbol, limit);
  const liveSessions = new Set(live.map((point) => point.session));
  const walkForward = (await stores.evaluations.judged(symbol, synthetic, limit)).filter(
    (point) => !liveSessions.has(point.session),
  );
  return [...walkForward, ...live].sort((a, b) => (a.session < b.session ? -1 : 1)).slice(-limit);
}
