// One measurement of the features of @daytrade/series: `node ours.ts '<task as JSON>'` prints its result as JSON.
import { writeFileSync } from 'node:fs';
import { computeFeatures, FeatureStream, type Panel, sessionBars } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { cpuTimed } from '../harness/own-costs.ts';
import { quantile } from '../harness/statistics.ts';
import type { BatchResult, BatchTask, FeatureTask, PushResult, PushTask } from './tasks.ts';

/** The longest window of a feature, in sessions. */
const longestWindow = 250;

function batch(task: BatchTask): BatchResult {
  const panel = noisePanel(task.panel);
  // The peers' allocator gives each run the memory of the one before; ours asks the system for a new matrix unless it
  // gets a place for it.
  let memory: Float32Array | undefined;
  const allocate = (length: number) => (memory ??= new Float32Array(length));
  let cpuSeconds = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < task.repeats; repeat += 1) {
    const run = cpuTimed(() => computeFeatures(panel, { names: task.names, allocate }));
    cpuSeconds = Math.min(cpuSeconds, run.cpuSeconds);
  }
  if (task.output !== undefined) writeFileSync(task.output, unrounded(panel, task.names));
  return { cpuSeconds, names: task.names };
}

/** The features in 64 bits, before they are rounded for the matrix of the learners: what formulas are compared by. */
function unrounded(panel: Panel, names: readonly string[]): Float64Array {
  const rows = panel.days.length * panel.symbols.length;
  const matrix = { names, rows, values: new Float64Array(rows * names.length) };
  new FeatureStream(panel.symbols.length, names).pushPanel(panel, 0, panel.days.length, matrix);
  return matrix.values;
}

function push(task: PushTask): PushResult {
  const panel = noisePanel(task.panel);
  pushAll(panel);
  const milliseconds = pushAll(panel).slice(longestWindow);
  return { p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) };
}

/** Milliseconds of each push. */
function pushAll(panel: Panel): readonly number[] {
  const stream = new FeatureStream(panel.symbols.length);
  return Array.from(panel.days, (_day, t) => {
    const bars = sessionBars(panel, t);
    const before = performance.now();
    stream.push(bars);
    return performance.now() - before;
  });
}

const task = JSON.parse(process.argv[2] ?? '') as FeatureTask;
console.log(JSON.stringify(task.kind === 'batch' ? batch(task) : push(task)));
