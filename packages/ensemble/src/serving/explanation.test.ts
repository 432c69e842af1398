import type { Matrix, Model, RidgeModel } from '@daytrade/learners';
import { parseSymbol } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { EnsembleModels } from '../members/ensemble-models.ts';
import { predictScaleFactor } from '../members/scale-head.ts';
import { explainSession, featureImportance, forecastExplanation, type WeighedMember } from './importance.ts';

const marketColumns = ['market_return_1', 'market_variance_80', 'market_variance_97', 'return_1'];

/** Three symbols, of which the first is not explained. */
function matrixOf(move: number, names = marketColumns): Matrix {
  const columns: Readonly<Record<string, readonly number[]>> = {
    market_return_1: [move, move, move],
    market_variance_80: [-7.6, -7.6, -7.6],
    market_variance_97: [-8, -8, -8],
    return_1: [0.5, 0.02, 0.1],
    other: [1, 2, 3],
  };
  return { names, rows: 3, values: Float64Array.from(names.flatMap((name) => columns[name]!)) };
}

function linear(names: readonly string[], coefficients: readonly number[], intercept: number): RidgeModel {
  const means = new Float64Array(names.length).fill(0.01);
  return { kind: 'ridge', names, means, coefficients: Float64Array.from(coefficients), intercept };
}

const rows = Int32Array.of(1, 2);
const ewma = Float64Array.of(0.5, 0.01, 0.02);

describe('what is explained of a scale', () => {
  it.each([
    ['an ordinary session', 0, marketColumns, -0.5],
    ['a fall of the market out of calm', -0.03, marketColumns, -0.5],
    ['a rise of the market', 0.04, marketColumns, 1],
    ['returns that would narrow it beyond their bound', 0, marketColumns, -3],
    ['a market of which nothing is known', NaN, marketColumns, -0.5],
    ['features without those of the market', 0, ['return_1', 'other'], -3],
  ])('adds up to its logarithm: %s', (_, move, names, coefficient) => {
    const matrix = matrixOf(move, names);
    const coefficients = names.map((name) => (name === 'return_1' ? coefficient : 0.02));
    const scale = { regression: linear(names, coefficients, 0.3), trees: linear(names, [0.01, -0.02], -0.1) as Model };
    const { logScale, rows: explained } = explainSession([], scale, matrix, rows, ewma);
    expect(explained).toBe(rows);
    const sums = Array.from(logScale.base, (base, i) =>
      names.reduce((sum, _name, f) => sum + logScale.contributions[f * 2 + i]!, base),
    );
    const factors = predictScaleFactor(scale, matrix, rows);
    expect(sums).toEqual(Array.from(factors, (factor) => expect.closeTo(Math.log(factor), 12)));
  });
});

describe('what is explained of a centre', () => {
  const names = ['return_1', 'other'];
  const matrix = matrixOf(0, names);
  const none = linear(names, [0, 0], 0);
  const member: WeighedMember = {
    model: linear(names, [2, 1], 0.5),
    centre: Float64Array.of(9, 9, 9),
    factor: 0.5,
    marketNeutral: false,
  };
  const explain = (...members: readonly WeighedMember[]) =>
    explainSession(members, { regression: none, trees: none }, matrix, rows, ewma).centre;
  const close = (...values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

  it('is the distance of each column from its mean, times the factor and the scale of the symbol', () => {
    const { base, contributions } = explain(member);
    expect([...base]).toEqual(close(0.5 * 0.01 * 0.53, 0.5 * 0.02 * 0.53));
    expect([...contributions]).toEqual(
      close(0.5 * 0.01 * 2 * 0.01, 0.5 * 0.02 * 2 * 0.09, 0.5 * 0.01 * 1.99, 0.5 * 0.02 * 2.99),
    );
  });

  it('is relative to the other symbols for a member that is', () => {
    const { base, contributions } = explain({ ...member, marketNeutral: true });
    expect([...base]).toEqual([0, 0]);
    expect([...contributions]).toEqual(
      close(0.5 * 0.01 * -0.08, 0.5 * 0.02 * 0.08, 0.5 * 0.01 * -0.5, 0.5 * 0.02 * 0.5),
    );
  });

  it('is of no column for a member in a file of the user', () => {
    const own = { kind: 'own' } as WeighedMember['model'];
    const centre = Float64Array.of(NaN, 1, 3);
    expect([...explain({ ...member, model: own, centre }).base]).toEqual(close(0.5 * 0.01, 0.5 * 0.02 * 3));
    const neutral = explain({ ...member, model: own, centre, marketNeutral: true });
    expect([...neutral.base]).toEqual(close(0.5 * 0.01 * -1, 0.5 * 0.02));
    expect([...neutral.contributions]).toEqual([0, 0, 0, 0]);
  });

  it('is the sum over the members', () => {
    const twice = explain(member, member);
    expect([...twice.base]).toEqual(Array.from(explain(member).base, (base) => expect.closeTo(2 * base, 12)));
  });
});

describe('the importance of features', () => {
  const names = ['a', 'b', 'c'];
  const explanation = {
    names,
    rows,
    centre: {
      base: Float64Array.of(0.001, 0.002),
      contributions: Float64Array.of(1, -3, 0, 0, -5, 5).map((x) => x / 1e4),
    },
    logScale: { base: Float64Array.of(0.5, -0.5), contributions: Float64Array.of(0, 0.2, 0.1, -0.3, 0, 0) },
  };
  const trees = (...importance: readonly number[]) =>
    ({ kind: 'trees', importance: Float64Array.from(importance) }) as unknown as Model;
  const modelsOf = (members: readonly Model[], scale: Model) =>
    ({ members, scale: { trees: scale } }) as unknown as EnsembleModels;

  it('is the mean size of contributions, and the share of gain of each model with its weight', () => {
    const members = [trees(1, 3, 0), linear(names, [1, 1, 1], 0), trees(0, 0, 0), trees(0, 0, 2)];
    const found = featureImportance(
      explanation,
      modelsOf(members, trees(1, 0, 4)),
      Float64Array.of(0.2, 0.3, 0.2, 0.3),
    );
    const line = (name: string, centreBp: number, logScale: number, centreGain: number, scaleGain: number) => ({
      name,
      centreBp: expect.closeTo(centreBp, 9),
      logScale: expect.closeTo(logScale, 12),
      centreGain: expect.closeTo(centreGain, 12),
      scaleGain: expect.closeTo(scaleGain, 12),
    });
    expect(found).toEqual([line('a', 2, 0.1, 0.1, 0.2), line('b', 0, 0.2, 0.3, 0), line('c', 5, 0, 0.6, 0.8)]);
  });

  it('is nothing where there is no split and no symbol', () => {
    const empty = { base: new Float64Array(0), contributions: new Float64Array(0) };
    const nobody = { names, rows: new Int32Array(0), centre: empty, logScale: empty };
    const models = modelsOf([linear(names, [1, 1, 1], 0)], trees(0, 0, 0));
    expect(featureImportance(nobody, models, Float64Array.of(1))).toEqual(
      names.map((name) => ({ name, centreBp: 0, logScale: 0, centreGain: 0, scaleGain: 0 })),
    );
  });

  it('is, for one symbol, base and contributions with their totals', () => {
    const symbol = parseSymbol('7203');
    const part = (name: string, centreBp: number, logScale: number) => ({
      name,
      centreBp: expect.closeTo(centreBp, 9),
      logScale,
    });
    expect(forecastExplanation(explanation, 1, symbol)).toEqual({
      symbol,
      centreTotalBp: expect.closeTo(20 - 3 + 5, 9),
      centreBaseBp: expect.closeTo(20, 9),
      logScaleTotal: expect.closeTo(-0.5 + 0.2 - 0.3, 12),
      logScaleBase: -0.5,
      contributions: [part('a', -3, 0.2), part('b', 0, -0.3), part('c', 5, 0)],
    });
  });
});
