import type { Comparison, PlainTable, SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingBars } from '../market/real-panel.ts';
import { measureLargeRuns } from './large-runs.ts';
import { measurePeers } from './peers.ts';
import { comparePermuted } from './permuted-signals.ts';

const notes = [
  'backtesting.py, vectorbt, bt and zipline run three rules on the same bars, one symbol after another. Speed is ' +
    'bars of the panel in a second of the processor.',
];

/** Measures the backtest: results and speed beside other backtesters, time and memory, calibration on noise. */
export async function measureBacktest(context: SuiteContext): Promise<SuiteFindings> {
  const comparisons: Comparison[] = [];
  const tables: PlainTable[] = [];
  const skipped: string[] = [];
  const missing = missingBars('daily-2013-2024-raw') ?? missingBars('daily-2021-2025-adjusted');
  if (missing !== undefined) skipped.push(`peers and permuted signals: ${missing}`);
  else {
    const peers = await measurePeers(context).catch((error: unknown) => {
      skipped.push(`peers: ${error instanceof Error ? error.message : String(error)}`);
    });
    const permuted = await comparePermuted(context);
    comparisons.push(...(peers?.comparisons ?? []), ...permuted.comparisons);
    tables.push(...(peers?.tables ?? []), ...permuted.tables);
    skipped.push(...(peers?.skipped ?? []));
  }
  comparisons.push(...(await measureLargeRuns(context)));
  return { comparisons, tables, notes, skipped };
}
