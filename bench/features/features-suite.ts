import { join } from 'node:path';
import { featureDefinitions } from '@daytrade/series';
import { type NoisePanelOptions } from '@daytrade/series/testing';
import { answerOf, startNode, startPython } from '../harness/child.ts';
import { interleave } from '../harness/interleave.ts';
import { type Bar, type Comparison, compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { largestError } from './column-error.ts';
import { writePanel } from './panel-file.ts';
import type { BatchResult, PushResult } from './tasks.ts';

/** As they were set before anything was measured; speeds are ours / peer. */
const bars = {
  pandas: { sense: 'at least', must: 5 },
  polars: { sense: 'at least', must: 1 },
  error: { sense: 'at most', must: 1e-9 },
  push: { sense: 'at most', must: 1 },
} as const satisfies Record<string, Bar>;

/** One way in which a peer computes the columns. */
interface Peer {
  readonly library: 'pandas-symbols' | 'pandas-wide' | 'polars';
  readonly name: string;
  /** Share of bars that the panel lacks. */
  readonly missingShare: number;
  readonly bar: Bar;
}

const peers: readonly Peer[] = [
  { library: 'pandas-symbols', name: 'pandas, by symbol', missingShare: 0.01, bar: bars.pandas },
  { library: 'pandas-wide', name: 'pandas, wide frames', missingShare: 0, bar: bars.pandas },
  { library: 'polars', name: 'polars', missingShare: 0.01, bar: bars.polars },
];

const rounds = 3;
const oursProgram = join(import.meta.dirname, 'ours.ts');
const peerProgram = 'features.py';

/**
 * The features of `@daytrade/series` against pandas and polars, on random walks of 60 symbols. Both sides compute the
 * same columns, those that need no calendar of the exchange; the peers from frames made before the clock starts, ours
 * from the columns of bars into one matrix. pandas takes two forms: one symbol after the other, and wide frames with
 * a column a symbol, which are faster and right only where no bar is missing. Errors are of the 64 bits before they
 * are rounded.
 */
export async function measureFeatures(context: SuiteContext): Promise<SuiteFindings> {
  const comparisons: Comparison[] = [];
  for (const peer of peers) comparisons.push(...(await compareBatch(context, peer)));
  comparisons.push(...(await measurePush(context)));
  return { comparisons, skipped: [] };
}

async function compareBatch(context: SuiteContext, peer: Peer): Promise<readonly Comparison[]> {
  context.progress(`all sessions, ${peer.name}`);
  const panel = panelOptions(context, peer.missingShare);
  const file = writePanel(join(context.cache, 'features', 'panel.f64'), panel);
  const output = {
    ours: join(context.cache, 'features', 'ours.f64'),
    peer: join(context.cache, 'features', 'peer.f64'),
  };
  const repeats = context.quick ? 2 : 10;
  const peerTask = { ...peer, panel: file, names: featureDefinitions.map(({ name }) => name), output: output.peer };
  const { names } = (await answerOf(
    startPython(context.python, peerProgram, { ...peerTask, repeats: 1 }),
  )) as BatchResult;
  const task = { kind: 'batch', panel, names, repeats, output: output.ours };
  const found = await interleave<BatchResult>(
    rounds,
    () => startNode(oursProgram, task),
    () => startPython(context.python, peerProgram, { ...peerTask, repeats }),
  );
  const [ours, other] = [found.ours, found.peer].map((results) =>
    Math.min(...results.map((result) => result.cpuSeconds)),
  ) as [number, number];
  const rows = panel.sessionCount * panel.symbolCount;
  const error = largestError(
    { path: output.ours, names, rows },
    { path: output.peer, names: found.peer[0]!.names, rows },
  );
  return [
    compare({
      name:
        `speed against ${peer.name}, ${panel.symbolCount} symbols x ${panel.sessionCount.toLocaleString('en')} ` +
        'sessions',
      unit: 'CPU s',
      ours,
      peer: { name: peer.name, value: other },
      figure: other / ours,
      kind: 'ratio',
      bar: peer.bar,
      note: `the same ${error.shared} columns; fastest of ${rounds} rounds of ${repeats} runs each`,
    }),
    compare({
      name: `largest error against ${peer.name}, ${error.shared} columns`,
      unit: 'relative',
      figure: error.error,
      kind: 'relative error',
      bar: bars.error,
      note: `in ${error.column}`,
    }),
  ];
}

/** The newest bar: features of one more session, history in the stream. */
async function measurePush(context: SuiteContext): Promise<readonly Comparison[]> {
  context.progress('one new bar');
  const panel = panelOptions(context, 0.01);
  const found: PushResult[] = [];
  for (let round = 0; round < rounds; round += 1) {
    found.push((await answerOf(startNode(oursProgram, { kind: 'push', panel }))) as PushResult);
  }
  const row = (percentile: keyof PushResult, bar?: Bar) =>
    compare({
      name: `one new bar of ${panel.symbolCount} symbols, ${percentile}`,
      unit: 'ms',
      figure: Math.min(...found.map((result) => result[percentile])),
      kind: 'milliseconds',
      ...(bar === undefined ? {} : { bar }),
      note: `best of ${rounds} rounds, by round ${found.map((result) => result[percentile].toFixed(2)).join(', ')} ms`,
    });
  return [row('p50'), row('p99', bars.push)];
}

function panelOptions({ quick }: SuiteContext, missingShare: number): NoisePanelOptions {
  return { symbolCount: 60, sessionCount: quick ? 600 : 2450, seed: 1, missingShare };
}
