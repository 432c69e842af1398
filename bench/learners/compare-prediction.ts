import { startNode, startPython } from '../harness/child.ts';
import { interleave } from '../harness/interleave.ts';
import { type Bar, type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { type LearnerSizes, learnerBars } from './settings.ts';
import { simulatedFiles } from './simulate-rows.ts';
import { type BatchResult, keptModels, type OneRowResult, oursProgram, peerProgram } from './training.ts';

const rounds = 5;

/** One row after the other in process, by the clock, with the kept models. */
export async function compareOneRow(context: SuiteContext, sizes: LearnerSizes): Promise<readonly Comparison[]> {
  context.progress('one row in process');
  const calls = sizes.oneRowCalls;
  const { ours, peer } = await predictBoth<OneRowResult>(context, sizes, { kind: 'one-row', warmUp: 2000, calls });
  const row = (percentile: keyof OneRowResult, bar?: Bar) => {
    const own = Math.min(...ours.map((result) => result[percentile]));
    const other = Math.min(...peer.map((result) => result[percentile]));
    return compare({
      name: `one row in process, ${percentile}`,
      unit: 'us',
      ours: own,
      peer: { name: 'Booster.predict', value: other },
      figure: own / other,
      kind: 'ratio',
      ...(bar === undefined ? {} : { bar }),
      note: `best of ${rounds} rounds of ${calls.toLocaleString('en')} calls each`,
    });
  };
  return [row('p50'), row('p99', learnerBars.oneRow)];
}

/** Many rows with one call, by CPU time, with the kept models. */
export async function compareBatch(context: SuiteContext, sizes: LearnerSizes): Promise<readonly Comparison[]> {
  context.progress('many rows with one call');
  const { ours, peer } = await predictBoth<BatchResult>(context, sizes, { kind: 'batch', repeats: 5 });
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

function predictBoth<T>(context: SuiteContext, sizes: LearnerSizes, what: object) {
  const { holdout } = simulatedFiles(context.cache, sizes, sizes.small, 1);
  const models = keptModels(context.cache);
  return interleave<T>(
    rounds,
    () => startNode(oursProgram, { ...what, holdout, model: models.ours }),
    () => startPython(context.python, peerProgram, { ...what, holdout, model: models.peer }),
  );
}
