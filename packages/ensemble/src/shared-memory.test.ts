import { noisePanel } from '@daytrade/series';
import { expect, it } from 'vitest';
import { evaluateEnsemble } from './evaluate-ensemble.ts';
import { inlineTasks } from './execute-task.ts';
import type { EnsembleTasks, RunTask } from './run-task.ts';

const symbolCount = 4;
const sessionCount = 300;
const rows = symbolCount * sessionCount;

/** Arrays of numbers in what crosses to a thread or back, each with the way to it. */
function arraysIn(value: unknown, way: string): readonly (readonly [string, Float32Array | Float64Array])[] {
  if (value instanceof Float32Array || value instanceof Float64Array) return [[way, value]];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => arraysIn(inner, `${way}.${key}`));
}

/** What crosses in an evaluation that has a number for each row, or nearly. */
async function largeArrays(): Promise<readonly (readonly [string, Float32Array | Float64Array])[]> {
  const found = new Map<string, Float32Array | Float64Array>();
  const runTask: RunTask = async <Name extends keyof EnsembleTasks>(
    name: Name,
    input: EnsembleTasks[Name]['input'],
  ) => {
    const output = await inlineTasks(name, input);
    const crossed = [
      ...arraysIn(input, `${name} takes`),
      ...(name === 'fold' ? [] : arraysIn(output, `${name} gives`)),
    ];
    for (const [way, array] of crossed) if (array.length >= rows / 10) found.set(way, array);
    return output;
  };
  const options = { judgedSessions: 20, warmUpSessions: 20, retrainEvery: 40, minimumTrainingSessions: 200 };
  const panel = noisePanel({ symbolCount, sessionCount, seed: 5 });
  await evaluateEnsemble(panel, options, { runTask, progress: () => undefined, now: () => 0 });
  return [...found];
}

it('what crosses to the threads of an evaluation is shared and not copied, and features do not reach its judgement', async () => {
  const crossed = await largeArrays();
  const ways = crossed.map(([way]) => way);
  expect(ways).toEqual(expect.arrayContaining(['features gives.values', 'fold takes.dataset.values']));
  expect(ways).toEqual(
    expect.arrayContaining(['judgement takes.outcomes.close', 'judgement takes.predictions.scaleFactor']),
  );
  const copied = crossed.filter(([, { buffer }]) => !(buffer instanceof SharedArrayBuffer));
  expect(copied.map(([way]) => way)).toEqual([]);
  const largest = crossed.filter(([way, { length }]) => way.startsWith('judgement') && length > rows);
  expect(largest.map(([way]) => way)).toEqual([]);
});
