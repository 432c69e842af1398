import { join } from 'node:path';
import { answerOf, startNode } from '../harness/child.ts';
import { type Comparison, compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingBars } from '../market/real-panel.ts';
import type { LargeRun, LargeRunFigures } from './large-run.ts';
import { comparePeers } from './peers.ts';
import { comparePermuted } from './permuted-signals.ts';

/** Measures the backtest: results and speed beside other backtesters, calibration on noise, time and memory. */
export async function measureBacktest(context: SuiteContext): Promise<SuiteFindings> {
  const missing = missingBars('daily-2013-2024-raw') ?? missingBars('daily-2021-2025-adjusted');
  const skipped = missing === undefined ? [] : [`peers and permuted signals: ${missing}`];
  const onReal = async () => {
    const peers = await comparePeers(context).catch((error: unknown) => {
      skipped.push(`peers: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    });
    return [...peers, ...(await comparePermuted(context))];
  };
  const comparisons = [...(missing === undefined ? await onReal() : []), ...(await largeRuns(context))];
  return { comparisons, skipped };
}

/** Runs of each size, in turns; the fastest counts. */
const rounds = 3;

/** Measures time and memory of ten million bars, and of half as many, each in a process of its own. */
async function largeRuns({ quick, progress }: SuiteContext): Promise<readonly Comparison[]> {
  const [symbols, sessions] = quick ? [100, 1_000] : [4_000, 2_500];
  progress(`${symbols} symbols of ${sessions} sessions, and of half as many`);
  const run = async (size: LargeRun) =>
    (await answerOf(startNode(join(import.meta.dirname, 'large-run.ts'), size))) as LargeRunFigures;
  const [wholes, halves]: [LargeRunFigures[], LargeRunFigures[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    wholes.push(await run({ symbols, sessions }));
    halves.push(await run({ symbols, sessions: sessions / 2 }));
  }
  const fastest = (runs: readonly LargeRunFigures[]) => Math.min(...runs.map(({ seconds }) => seconds));
  const [whole, half] = [fastest(wholes), fastest(halves)];
  const peak = Math.max(...wholes.map(({ peakGigabytes }) => peakGigabytes));
  const note = `${wholes[0]!.bars} bars of noise, rules and costs on, one thread; of ${rounds} runs`;
  const row = (name: string, unit: string, figure: number, must: number) =>
    compare({ name, unit, figure, kind: 't', bar: { sense: 'at most', must }, note });
  return [
    row('Processor seconds for all bars', 's', whole, 60),
    row('Most memory', 'GB', peak, 1.5),
    compare({
      name: 'Twice the bars',
      unit: 's',
      ours: whole,
      peer: { name: 'half of them', value: half },
      figure: whole / half,
      kind: 'ratio',
      bar: { sense: 'at most', must: 2.1 },
      note,
    }),
  ];
}
