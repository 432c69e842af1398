import type { JudgedPrediction } from '@daytrade/contracts';
import type { Stores } from '@daytrade/storage';
import { judge, readCloses } from './judge.ts';

/**
 * Past intervals of a symbol with what happened, oldest first: what was published, and before that what the newest walk-forward
 * judgement made in time order. A session that was published is shown as it was published.
 */
export async function predictionHistory(stores: Stores, symbol: string, limit: number): Promise<JudgedPrediction[]> {
  const published = await stores.predictions.history(symbol, limit);
  const first = published.map((prediction) => prediction.session).sort()[0];
  const closes = first === undefined ? new Map<string, number>() : await readCloses(stores, symbol, first);
  const live = published.map((prediction) => judge(prediction, closes));
  const liveSessions = new Set(live.map((point) => point.session));
  const walkForward = (await stores.evaluations.judged(symbol, limit)).filter(
    (point) => !liveSessions.has(point.session),
  );
  return [...walkForward, ...live].sort((a, b) => (a.session < b.session ? -1 : 1)).slice(-limit);
}
