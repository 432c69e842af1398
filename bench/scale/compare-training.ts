import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { answerOf, startNode } from '../harness/child.ts';
import type { Comparison } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { asLightGbm } from '../learners/equal-settings.ts';
import { simulateRows } from '../learners/simulate-rows.ts';
import type { FitResult } from '../learners/tasks.ts';
import { oursProgram, trainBoth } from '../learners/train-both.ts';
import { compareError, compareMemory, compareTime } from '../learners/training-figures.ts';
import { compareTwice } from './figures.ts';
import { scaleBars } from './scale-bars.ts';
import type { ScaleSizes } from './scale-sizes.ts';

/** As many as a model of the platform learns from. */
const columns = 95;
const holdoutRows = 20_000;

/** One booster on as many rows as there are bars, beside LightGBM with the same settings. */
export async function compareTraining(context: SuiteContext, sizes: ScaleSizes): Promise<readonly Comparison[]> {
  const { trees, rounds } = sizes;
  const count = sizes.symbols * sizes.sessions;
  const what = `${count.toLocaleString('en')} rows x ${columns} columns, ${trees} trees`;
  context.progress(`training on ${what}`);
  const made = (rows: number, seed: number) =>
    simulateRows(join(context.cache, 'scale', `rows-${rows}-${seed}.rows`), rows, seed, columns);
  const settings = asLightGbm(trees, 1);
  const holdout = made(holdoutRows, 1001);
  const fewer = made(count / 2, 1);
  const half = (await answerOf(
    startNode(oursProgram, { kind: 'fit', rows: fewer, holdout, options: settings.options }),
  )) as FitResult;
  rmSync(fewer.path);
  const rows = made(count, 1);
  const round = { settings, rows, holdout };
  const found = await trainBoth(
    context.python,
    Array.from({ length: rounds }, () => round),
  );
  rmSync(rows.path);
  const named = { peerName: 'LightGBM', rounds: found };
  const name = `training on ${what}`;
  return [
    compareTime({ ...named, name, bar: scaleBars.training }),
    compareMemory({ ...named, name: `peak memory of ${name}`, bar: scaleBars.trainingMemory }),
    compareError({ ...named, name: `holdout error of ${name}` }),
    compareTwice(name, Math.min(...found.ours.map(({ cpuSeconds }) => cpuSeconds)), half.cpuSeconds),
  ];
}
