import { quantity } from '../output/format.ts';
import type { HaltedLive } from './halt-live.ts';

/** Live sessions that were halted, a line each. */
export function haltedLines(live: readonly HaltedLive[], dryRun: boolean): readonly string[] {
  return live.map(({ account, session, openOrders }) => {
    const verb = dryRun ? 'would be halted' : 'is halted';
    return `Live session ${session} of account ${account} ${verb}, with ${quantity(openOrders, 'open order')}.`;
  });
}
