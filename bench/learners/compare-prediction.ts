import { startNode, startPython } from '../harness/child.ts';
import { interleave } from '../harness/interleave.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { type LearnerSizes, learnerBars } from './settings.ts';
import { simulatedFiles } from './simulate-rows.ts';
import { type BatchResult, keptModels, oursProgram, peerProgram } from './training.ts';

const rounds = 5;

/** Many rows with one call, by CPU time, with the kept models. */
export async function compareBatch(context: SuiteContext, sizes: LearnerSizes): Promise<readonly Comparison[]> {
  context.progress('many rows with one call');
  const { holdout } = simulatedFiles(context.cache, sizes, sizes.small, 1);
  const models = keptModels(context.cache);
  const task = { kind: 'batch', repeats: 5, holdout };
  const { ours, peer } = await interleave<BatchResult>(
    rounds,
    () => startNode(oursProgram, { ...task, model: models.ours }),
    () => startPython(context.python, peerProgram, { ...task, model: models.peer }),
  );
  const own = Math.max(...ours.map((result) => result.rowsPerSecond));
  const other = Math.max(...peer.map((result) => result.rowsPerSecond));
  return [
    compare({
      name: `batch of ${sizes.holdout.toLocaleString('en')} rows`,
      unit: 'rows / CPU s',
      ours: own,
      peer: { name: 'LightGBM', value: other },
      figure: own / other,
      kind: 'ratio',
      bar: learnerBars.batch,
      note: `best of ${rounds} rounds of 5 calls each`,
    }),
  ];
}
