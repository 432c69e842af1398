import { FeaturePlan } from './feature-plan.ts';
import { Series } from './series.ts';

// What the series of tests are computed from: two with a number for each symbol, one with a number for each session.
export const x = new Series('x', [], undefined);
export const y = new Series('y', [], undefined);
export const shared = new Series('shared', [], undefined, 'session');

/** Numbers of {@link x}, {@link y} and {@link shared}, by the name. */
export type Inputs = Readonly<Record<string, ArrayLike<number>>>;

/**
 * What a series gives of the rows of some sessions.
 *
 * @param present 1 in the rows that have a bar
 * @param width rows of one session
 */
export function compute(series: Series, inputs: Inputs, present: Uint8Array, width: number): Float64Array {
  const sources = [x, y, shared];
  const plan = new FeaturePlan([series], width, sources);
  const sessions = present.length / width;
  const matrix = { names: [series.formula], rows: present.length, values: new Float64Array(present.length) };
  plan.reserve(Math.max(1, sessions));
  for (const source of sources) plan.source(source).set(Array.from(inputs[source.formula] ?? []));
  plan.gaps.set(Array.from(present, (has) => (has ? 0 : NaN)));
  plan.run(sessions, matrix, 0);
  return matrix.values;
}

/** What a series gives of one symbol with a bar in each session. */
export function computeAlone(series: Series, inputs: Inputs): number[] {
  const sessions = Math.max(...Object.values(inputs).map(({ length }) => length));
  return [...compute(series, inputs, new Uint8Array(sessions).fill(1), 1)];
}
