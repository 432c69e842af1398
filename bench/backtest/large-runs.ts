import { join } from 'node:path';
import { answerOf, startNode } from '../harness/child.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import type { LargeRun, LargeRunFigures } from './large-run.ts';

/** Ten million bars in one run, and half as many: time and memory, each in a process of its own. */
export async function measureLargeRuns({ quick, progress }: SuiteContext): Promise<readonly Comparison[]> {
  const symbols = quick ? 100 : 4_000;
  const sessions = quick ? 1_000 : 2_500;
  progress(`${symbols} symbols of ${sessions} sessions, and of half as many`);
  const whole = await figuresOf({ symbols, sessions });
  const half = await figuresOf({ symbols, sessions: sessions / 2 });
  const note = `${whole.bars} bars of noise, rules and costs on, one thread`;
  return [
    compare({
      name: 'Processor seconds for all bars',
      unit: 's',
      figure: whole.seconds,
      kind: 't',
      bar: { sense: 'at most', must: 60 },
      note,
    }),
    compare({
      name: 'Most memory',
      unit: 'GB',
      figure: whole.peakGigabytes,
      kind: 't',
      bar: { sense: 'at most', must: 1.5 },
      note,
    }),
    compare({
      name: 'Twice the bars',
      unit: 's',
      ours: whole.seconds,
      peer: { name: 'half of them', value: half.seconds },
      figure: whole.seconds / half.seconds,
      kind: 'ratio',
      bar: { sense: 'at most', must: 2.1 },
      note,
    }),
  ];
}

async function figuresOf(run: LargeRun): Promise<LargeRunFigures> {
  return (await answerOf(startNode(join(import.meta.dirname, 'large-run.ts'), run))) as LargeRunFigures;
}
