import { describe, expect, it } from 'vitest';
import { assertVaries, auditFeature, featureOfFile, isSame, ownColumn } from './own-feature.ts';
import { noisePanel } from './testing/noise.ts';

const panel = noisePanel({ symbolCount: 3, sessionCount: 12, seed: 4, missingShare: 0.2 });
const feature = (values: (bars: { readonly close: Float64Array }) => ArrayLike<unknown>) =>
  featureOfFile('mine', { summary: 'a test', values });

describe('the export of a file', () => {
  it.each([undefined, null, {}, { summary: 'a test' }, { values: () => [] }, { summary: 1, values: () => [] }])(
    '%j is no feature',
    (exported) => {
      expect(() => featureOfFile('mine', exported)).toThrow('features/mine.ts: expected a default export with summary');
    },
  );
});

describe('the column of a feature', () => {
  it('has the value of each bar, of the bars of its symbol without gaps', () => {
    const count = ownColumn(
      panel,
      'mine',
      feature(({ close }) => close.map((_, i) => i)),
    );
    const seen = [0, 0, 0];
    const expected = panel.close.map((price, row) => (Number.isNaN(price) ? NaN : seen[row % 3]!++));
    expect(count).toEqual(expected);
  });

  it('is unknown where a value is no finite number of 32 bits', () => {
    const odd = [Infinity, 1e39, '7', undefined, -1e38];
    const column = ownColumn(
      panel,
      'mine',
      feature(({ close }) => Array.from(close, (_, i) => odd[i % odd.length])),
    );
    const values = column.filter((_, row) => row % 3 === 0 && !Number.isNaN(panel.close[row]!)).slice(0, 5);
    expect(Array.from(values)).toEqual([NaN, NaN, NaN, NaN, -1e38]);
  });

  it('needs one value for each bar', () => {
    const bars = panel.close.filter((price, row) => row % 3 === 0 && !Number.isNaN(price)).length;
    const wrong = (values: () => never) => () => ownColumn(panel, 'mine', feature(values));
    expect(wrong(() => [] as never)).toThrow(`values: one for each of the ${bars} bars, got 0`);
    expect(wrong(() => undefined as never)).toThrow(`values: one for each of the ${bars} bars, got undefined`);
  });

  it.each([
    [[NaN, 3, 3], 'values that differ; all 2 are 3'],
    [[5, NaN], 'values that differ; all 1 are 5'],
  ])('%j is refused, since nothing can be learned from it', (values, message) => {
    expect(() => assertVaries('mine', Float64Array.from(values))).toThrow(message);
  });

  it('varies where one value is another', () => {
    expect(() => assertVaries('mine', Float64Array.of(1, 1, 2))).not.toThrow();
  });
});

describe('the audit of a feature', () => {
  it('finds the session and the values of a look-ahead', () => {
    const next = feature(({ close }) => close.map((_, i) => close[i + 1] ?? NaN));
    expect(() => auditFeature(panel, 'mine', next)).toThrow(
      /^features\/mine\.ts: for \d{4} on \d{4}-\d\d-\d\d it is NaN from the bars up to then, and \d+\.\d+ with later ones$/,
    );
  });

  it('looks at the symbol with the most bars, also where it is the only one', () => {
    const alone = noisePanel({ symbolCount: 1, sessionCount: 12, seed: 4, missingShare: 0 });
    const next = feature(({ close }) => close.map((_, i) => close[i + 1] ?? NaN));
    expect(() => auditFeature(alone, 'mine', next)).toThrow(/with later ones$/);
    const two = noisePanel({ symbolCount: 2, sessionCount: 3, seed: 4, missingShare: 0 });
    expect(() => auditFeature(two, 'mine', next)).toThrow(/^features\/mine\.ts: for \d{4} on /);
  });

  it('takes a feature of earlier bars, and none without any number', () => {
    const change = feature(({ close }) => close.map((price, i) => price / (close[i - 1] ?? NaN)));
    expect(() => auditFeature(panel, 'mine', change)).not.toThrow();
    const nothing = feature(({ close }) => close.map(() => NaN));
    expect(() => auditFeature(panel, 'mine', nothing)).toThrow(/values that are numbers; all \d+ of a symbol are NaN$/);
  });
});

it.each([
  [1, 1 + 1e-10, true],
  [1, 1 + 1e-8, false],
  [1e9, 1e9 + 0.5, true],
  [NaN, NaN, true],
  [NaN, 1, false],
  [0, 1e-12, false],
])('%d and %d are the same within rounding: %s', (a, b, same) => {
  expect(isSame(a, b)).toBe(same);
});
