import type { PaperOrder } from '@daytrade/contracts';

/** What orders are sorted by: the newest session last, and within it what changed last. */
export function orderTime({ session, at }: Pick<PaperOrder, 'session' | 'at'>): string {
  return `${session} ${at}`;
}
