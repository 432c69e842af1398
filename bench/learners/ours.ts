// One measurement of @daytrade/learners in a process of its own: `node ours.ts '<task as JSON>'` prints its result as
// JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { deserialiseModel, type Model, predict, serialiseModel, trainTrees } from '@daytrade/learners';
import { cpuTimed, peakMegabytes } from '../harness/own-costs.ts';
import { readRows } from './rows-file.ts';
import type { BatchResult, BatchTask, FitResult, FitTask, LearnerTask } from './training.ts';

function train(task: FitTask): FitResult {
  const data = readRows(task.rows);
  const { result: model, cpuSeconds } = cpuTimed(() => trainTrees(task.options, data));
  const peak = peakMegabytes();
  if (task.model !== undefined) writeFileSync(task.model, serialiseModel(model));
  const holdout = readRows(task.holdout);
  const predicted = predict(model, holdout.matrix);
  const squares = predicted.reduce((sum, value, row) => sum + (value - holdout.target[row]!) ** 2, 0);
  return { cpuSeconds, peakMegabytes: peak, rmse: Math.sqrt(squares / predicted.length) };
}

function batch(task: BatchTask): BatchResult {
  const model = readModel(task.model);
  const { matrix } = readRows(task.holdout);
  const seconds = Array.from({ length: task.repeats }, () => cpuTimed(() => predict(model, matrix)).cpuSeconds);
  return { rowsPerSecond: matrix.rows / Math.min(...seconds) };
}

function readModel(path: string): Model {
  return deserialiseModel(new Uint8Array(readFileSync(path)));
}

function perform(task: LearnerTask): FitResult | BatchResult {
  switch (task.kind) {
    case 'fit':
      return train(task);
    case 'batch':
      return batch(task);
  }
}

console.log(JSON.stringify(perform(JSON.parse(process.argv[2] ?? '') as LearnerTask)));
