import { join } from 'node:path';
import { answerOf, startNode } from '../harness/child.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import type { LargeRun, LargeRunFigures } from './large-run.ts';

/** Runs of each size, in turns: of each the fastest counts, since anything else that runs makes both slower. */
const rounds = 3;

/** Ten million bars in one run, and half as many: time and memory, each in a process of its own. */
export async function measureLargeRuns({ quick, progress }: SuiteContext): Promise<readonly Comparison[]> {
  const symbols = quick ? 100 : 4_000;
  const sessions = quick ? 1_000 : 2_500;
  progress(`${symbols} symbols of ${sessions} sessions, and of half as many`);
  const wholes: LargeRunFigures[] = [];
  const halves: LargeRunFigures[] = [];
  for (let round = 0; round < rounds; round += 1) {
    wholes.push(await figuresOf({ symbols, sessions }));
    halves.push(await figuresOf({ symbols, sessions: sessions / 2 }));
  }
  const seconds = fastest(wholes);
  const halfSeconds = fastest(halves);
  const note = `${wholes[0]!.bars} bars of noise, rules and costs on, one thread; of ${rounds} runs`;
  return [
    compare({
      name: 'Processor seconds for all bars',
      unit: 's',
      figure: seconds,
      kind: 't',
      bar: { sense: 'at most', must: 60 },
      note,
    }),
    compare({
      name: 'Most memory',
      unit: 'GB',
      figure: Math.max(...wholes.map(({ peakGigabytes }) => peakGigabytes)),
      kind: 't',
      bar: { sense: 'at most', must: 1.5 },
      note,
    }),
    compare({
      name: 'Twice the bars',
      unit: 's',
      ours: seconds,
      peer: { name: 'half of them', value: halfSeconds },
      figure: seconds / halfSeconds,
      kind: 'ratio',
      bar: { sense: 'at most', must: 2.1 },
      note,
    }),
  ];
}

const fastest = (runs: readonly LargeRunFigures[]) => Math.min(...runs.map(({ seconds }) => seconds));

async function figuresOf(run: LargeRun): Promise<LargeRunFigures> {
  return (await answerOf(startNode(join(import.meta.dirname, 'large-run.ts'), run))) as LargeRunFigures;
}
