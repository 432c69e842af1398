import { describe, expect, it } from 'vitest';
import { type MemberDefinition, type MemberRows, memberOfFile, predictOwn, rowsOf } from './own-member.ts';

const definition = {
  summary: 'says the first column',
  train: () => 3,
  predict: (_state: unknown, { rows, values }: MemberRows) => values.slice(0, rows),
};

describe('the member in a file', () => {
  it('is what its default export makes of the learners of the platform', () => {
    let given: object = {};
    const made = memberOfFile('mine', (tools: object) => {
      given = tools;
      return { ...definition, target: 'market' };
    });
    expect(made).toEqual({ ...definition, target: 'market' });
    expect(Object.keys(given)).toEqual(['trainTrees', 'trainRidge', 'predict', 'binMatrix', 'defaultTreeOptions']);
    for (const target of [undefined, 'rank', 'scaled-rank'] as const) {
      expect(memberOfFile('mine', () => ({ ...definition, target })).target).toBe(target);
    }
  });

  const missing =
    'members/mine.ts: expected a default export: a function that returns summary, train and predict; ' +
    'see docs/strategies.md';
  it.each([
    ['is no function', definition, missing],
    ['returns nothing', () => undefined, missing],
    ['has no summary', () => ({ ...definition, summary: 5 }), missing],
    ['cannot learn', () => ({ ...definition, train: undefined }), missing],
    ['cannot predict', () => ({ ...definition, predict: 'x' }), missing],
    [
      'has another target',
      () => ({ ...definition, target: 'gap' }),
      'members/mine.ts: expected target: one of rank, scaled-rank and market, got gap',
    ],
  ])('is refused where it %s', (_, exported, message) => {
    expect(() => memberOfFile('mine', exported)).toThrow(expect.objectContaining({ code: 'input.invalid', message }));
  });
});

const matrixOf = (rows: number): MemberRows => ({
  names: ['a', 'b'],
  rows,
  values: Float64Array.from({ length: 2 * rows }, (_, i) => i + 0.5),
});

describe('the predictions of a member in a file', () => {
  const saying = (predict: (rows: MemberRows) => unknown) =>
    ({ ...definition, predict: (_: unknown, rows: MemberRows) => predict(rows) }) as MemberDefinition<unknown>;

  it('are a number for each row, and the same of some rows alone', () => {
    const asked: number[] = [];
    const member = saying(({ rows, values }) => {
      asked.push(rows === 1 ? values[0]! : rows);
      return Array.from(values.subarray(0, rows));
    });
    expect([...predictOwn('mine', member, undefined, matrixOf(25))]).toEqual(
      Array.from({ length: 25 }, (_, row) => row + 0.5),
    );
    // Every second row: 25 / 10.
    expect(asked).toEqual([25, ...Array.from({ length: 13 }, (_, i) => 2 * i + 0.5)]);
    expect(predictOwn('mine', member, undefined, matrixOf(0))).toHaveLength(0);
    expect(predictOwn('mine', member, undefined, matrixOf(3))).toHaveLength(3);
  });

  it.each([
    ['nothing', () => undefined, 'got undefined'],
    ['too few', ({ rows }: MemberRows) => new Float64Array(rows - 1), 'got 3'],
    ['what is not finite', () => [1, 2, NaN, 4], 'got NaN for row 2'],
    ['what is infinite', () => [Infinity, 2, 3, 4], 'got Infinity for row 0'],
    ['what is no number', () => [1, '2', 3, 4], 'got 2 for row 1'],
  ])('are refused where they are %s', (_, predict, message) => {
    expect(() => predictOwn('mine', saying(predict), undefined, matrixOf(4))).toThrow(
      expect.objectContaining({
        code: 'input.invalid',
        message: `members/mine.ts: expected predict: a finite number for each of the 4 rows, ${message}`,
      }),
    );
  });

  it('are refused where another row changes them', () => {
    const member = saying(({ rows, values }) => values.slice(0, rows).map((value) => value + rows));
    expect(() => predictOwn('mine', member, undefined, matrixOf(20))).toThrow(
      expect.objectContaining({
        code: 'training.looks-ahead',
        message: 'members/mine.ts: predict says 1.5 of row 0 alone, and 20.5 of it among 20 rows',
        details: { row: 0 },
      }),
    );
  });
});

it('some rows of a matrix are copied in their order, with the columns that are named', () => {
  const matrix = matrixOf(3);
  expect(rowsOf(matrix, Int32Array.of(2, 0))).toEqual({
    names: ['a', 'b'],
    rows: 2,
    values: Float32Array.of(2.5, 0.5, 5.5, 3.5),
  });
  expect(rowsOf(matrix, Int32Array.of(1), ['b'])).toEqual({ names: ['b'], rows: 1, values: Float32Array.of(4.5) });
});
