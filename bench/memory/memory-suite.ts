import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTradeDate, sessionsBetween } from '@daytrade/market';
import { scaleFreeNames } from '@daytrade/series';
import { commandCosts } from '../harness/command-costs.ts';
import { type Bar, type Comparison, compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

/** Half of what it was when each thread copied the features: 7.8 times their size. */
const bar: Bar = { sense: 'at most', must: 3.9 };

const period = { from: '2021-07-13', to: '2025-12-30' } as const;

const notes = [
  'Symbols of the synthetic exchange, from 2021-07-13 to 2025-12-30. The peak is that of the whole ' +
    'process of the command, as a user runs it without a running `up`: services, database and one ' +
    'thread for each processor.',
  'The figure is the peak divided by the size of the features of all symbols and sessions as 64-bit ' +
    'floats, which they were when the bar was set; now they have 32 bits.',
];

/** Peak memory of a training and of an evaluation. */
export async function measureMemory(context: SuiteContext): Promise<SuiteFindings> {
  if (!existsSync('/proc/self/status')) {
    return {
      comparisons: [],
      tables: [],
      notes,
      skipped: ['peak memory: read from /proc, which only Linux has'],
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'day-trade-bench-'));
  try {
    return { comparisons: await comparePeaks(context, join(folder, 'state')), tables: [], notes, skipped: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function comparePeaks({ quick, progress }: SuiteContext, state: string): Promise<readonly Comparison[]> {
  const symbols = quick ? 20 : 500;
  progress(`${symbols} symbols`);
  await commandCosts(state, ['fetch', 'synthetic', '--count', `${symbols}`, '--from', period.from, '--to', period.to]);
  const sessions = sessionsBetween(parseTradeDate(period.from), parseTradeDate(period.to)).length;
  const megabytes = (symbols * sessions * scaleFreeNames.length * Float64Array.BYTES_PER_ELEMENT) / 1e6;
  const comparisons: Comparison[] = [];
  for (const [name, command] of [['training', 'train'] as const, ['evaluation', 'evaluate'] as const]) {
    progress(`${name} of ${symbols} symbols`);
    const { peakMegabytes: ours } = await commandCosts(state, [command]);
    comparisons.push(
      compare({
        name: `peak memory of ${name}, ${symbols} symbols x ${sessions.toLocaleString('en')} sessions`,
        unit: 'MB',
        ours,
        peer: { name: 'the features in 64 bits', value: megabytes },
        figure: ours / megabytes,
        kind: 'ratio',
        bar,
      }),
    );
  }
  return comparisons;
}
