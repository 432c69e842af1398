import type { Comparison, PlainTable } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { dailyInputs } from '../market/real-panel.ts';
import { compareEquality } from './peer-equality.ts';
import { withPeers } from './peer-programs.ts';
import { compareSpeed } from './peer-speed.ts';

/** What is found beside other backtesters. */
export interface PeerFindings {
  readonly comparisons: readonly Comparison[];
  readonly tables: readonly PlainTable[];
  readonly skipped: readonly string[];
}

/** Real bars of 35 symbols by three rules, here and by others: trades, equity, and bars a second. */
export async function measurePeers({ quick, progress }: SuiteContext): Promise<PeerFindings> {
  const inputs = await dailyInputs('daily-2013-2024-raw', quick ? 4 : 35);
  return await withPeers(inputs, progress, async (peers) => {
    progress('speed, beside backtesting.py and vectorbt');
    const speed = await compareSpeed(inputs, peers, quick);
    progress('trades and equity, beside backtesting.py, vectorbt, bt and zipline');
    const equal = await compareEquality(inputs, peers);
    return { ...equal, comparisons: [...equal.comparisons, ...speed] };
  });
}
