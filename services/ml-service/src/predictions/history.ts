import type { JudgedPrediction } from '@daytrade/contracts';
import type { Stores, SymbolRecord } from '@daytrade/storage';
import { judgePublished } from './judge.ts';

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
): Promise<JudgedPrediction[]> {
  const published = await judgePublished(stores, of, limit, now);
  const walkForward = await stores.evaluations.judged(of.symbol, of.synthetic, limit);
  const bySession = new Map<string, JudgedPrediction>();
  for (const point of [...published.filter(isLive), ...walkForward, ...published]) {
    if (!bySession.has(point.session)) bySession.set(point.session, point);
  }
  return [...bySession.values()].sort((a, b) => (a.session < b.session ? -1 : 1)).slice(-limit);
}

function isLive({ source }: JudgedPrediction): boolean {
  return source === 'live';
}
