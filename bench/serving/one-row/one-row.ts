import { join } from 'node:path';
import { startNode, startPython } from '../../harness/child.ts';
import { type Bar, type Comparison, compare } from '../../harness/result.ts';
import type { SuiteContext } from '../../harness/suite.ts';
import { readRows } from '../../learners/rows-file.ts';
import { asLightGbm, fullSizes, quickSizes } from '../../learners/settings.ts';
import { simulatedFiles } from '../../learners/simulate-rows.ts';
import { keptModels, trainBoth } from '../../learners/training.ts';
import { type Latency, MeasuredServer, type RowValues } from './measured-server.ts';

/** As they were set before anything was measured: ours / peer. */
const bars = {
  p50: { sense: 'at most', must: 0.5, aim: 0.35 },
  p99: { sense: 'at most', must: 0.8, aim: 0.6 },
} as const satisfies Record<keyof Latency, Bar>;

const rounds = 7;
const oursProgram = join(import.meta.dirname, 'ours.ts');

/**
 * One row over HTTP against FastAPI and LightGBM: a POST of 60 numbers, validated on both sides, one kept connection,
 * one request at a time. Ours is a service with all that one has. The machine has to be quiet.
 */
export async function measureOneRow(context: SuiteContext): Promise<readonly Comparison[]> {
  const sizes = context.quick ? quickSizes : fullSizes;
  context.progress('training the models');
  const files = simulatedFiles(context.cache, sizes, sizes.small, 1);
  const models = keptModels(context.cache);
  await trainBoth(context.python, [{ settings: asLightGbm(sizes.trees, 1), ...files, keep: models }]);
  const { matrix } = readRows(files.holdout);
  const rows: readonly RowValues[] = Array.from({ length: 500 }, (_, row) =>
    matrix.names.map((_name, f) => {
      const value = matrix.values[f * matrix.rows + row]!;
      return Number.isNaN(value) ? null : value;
    }),
  );
  await using ours = await MeasuredServer.start(startNode(oursProgram, { model: models.ours }));
  await using peer = await MeasuredServer.start(
    startPython(context.python, 'serving_one_row.py', { model: models.peer }),
  );
  return await compareServers(context, { ours, peer }, rows, context.quick ? 1000 : 5000);
}

async function compareServers(
  context: SuiteContext,
  { ours, peer }: { readonly ours: MeasuredServer; readonly peer: MeasuredServer },
  rows: readonly RowValues[],
  calls: number,
): Promise<readonly Comparison[]> {
  for (const server of [ours, peer]) {
    await server.checkValidation(rows[0]!);
    context.progress(`warming up; the first row is predicted as ${await server.predict(rows[0]!)}`);
    await server.measure(rows, calls);
  }
  const found = { ours: [] as Latency[], peer: [] as Latency[] };
  for (let round = 0; round < rounds; round += 1) {
    found.ours.push(await ours.measure(rows, calls));
    found.peer.push(await peer.measure(rows, calls));
  }
  return (['p50', 'p99'] as const).map((percentile) => {
    const own = Math.min(...found.ours.map((latency) => latency[percentile]));
    const other = Math.min(...found.peer.map((latency) => latency[percentile]));
    return compare({
      name: `one row over HTTP, ${percentile}`,
      unit: 'ms',
      ours: own,
      peer: { name: 'FastAPI + LightGBM', value: other },
      figure: own / other,
      kind: 'ratio',
      bar: bars[percentile],
      note: `best of ${rounds} rounds of ${calls.toLocaleString('en')} requests each, in turns`,
    });
  });
}
