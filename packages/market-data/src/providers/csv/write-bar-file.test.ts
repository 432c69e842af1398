import { barValues } from '@daytrade/series';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvFields, csvRow } from '../../tables/lines.ts';
import { parseBarFile } from './bar-file.ts';
import { barFileText } from './write-bar-file.ts';

const number = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
const bar = fc.tuple(number, number, number, number, fc.nat(1e15));
const bars = fc.array(bar, { minLength: 1, maxLength: 1_200 });
const basis = fc.constantFrom('traded', 'split-adjusted', 'fully-adjusted');

const valuesOf = (rows: readonly (readonly number[])[]) =>
  barValues((_name, index) => Float64Array.from(rows, (row) => row[index]!));

describe('bars that are written as CSV', () => {
  it('are read again to the last bit, daily ones', () => {
    fc.assert(
      fc.property(bars, basis, (rows, priceBasis) => {
        const columns = { days: Int32Array.from(rows, (_row, index) => 11_000 + index), ...valuesOf(rows) };
        const text = [...barFileText({ interval: '1d', columns }, { priceBasis })].join('');
        const { times, malformed, priceBasis: read, ...found } = parseBarFile(text, '7203.csv');
        expect({ malformed, read }).toEqual({ malformed: [], read: priceBasis });
        expect(found).toMatchObject({ interval: '1d', ...valuesOf(rows) });
        expect(Int32Array.from(times)).toEqual(columns.days);
      }),
      { numRuns: 40 },
    );
  });
});

it('bars name where they came from, and synthetic ones are not taken for real', () => {
  const columns = {
    days: Int32Array.of(19_726, 19_727),
    ...valuesOf([
      [1, 2, 0.5, 1.5, 100],
      [1, 2, 0.5, 1.5, 100],
    ]),
  };
  const text = (source: string) => {
    const origins = {
      sources: [source],
      source: Int32Array.of(-1, 0),
      fetchedAt: Float64Array.of(Number.NaN, Date.parse('2026-11-25T01:00:00Z')),
    };
    return [...barFileText({ interval: '1d', columns }, { priceBasis: 'traded', origins })].join('');
  };
  expect(text('jquants')).toBe(
    'date,open,high,low,close,volume,price_basis,source,fetched_at\n' +
      '2024-01-04,1,2,0.5,1.5,100,traded,,\n' +
      '2024-01-05,1,2,0.5,1.5,100,traded,jquants,2026-11-25T01:00:00.000Z\n',
  );
  expect(parseBarFile(text('jquants'), 'a.csv').close).toHaveLength(2);
  expect(() => parseBarFile(text('synthetic'), 'a.csv')).toThrow(
    'a.csv: line 3: source: the bar was made on the synth',
  );
});

describe('the column price_basis of a file', () => {
  const file = (...stated: readonly string[]) =>
    [
      'date,open,high,low,close,volume,price_basis',
      ...stated.map((text, day) => `2024-01-0${day + 4},1,1,1,1,1,${text}`),
    ].join('\n');

  it('is taken, and gives way to the basis that is asked for', () => {
    expect(parseBarFile(file('fully-adjusted', 'fully-adjusted'), 'a.csv').priceBasis).toBe('fully-adjusted');
    expect(parseBarFile(file('traded'), 'a.csv', { wanted: 'split-adjusted' }).priceBasis).toBe('split-adjusted');
  });

  it.each([
    [
      'names another',
      file('raw'),
      'a.csv: line 2: price_basis: expected traded, split-adjusted, fully-adjusted in every',
    ],
    ['changes', file('traded', 'split-adjusted'), 'a.csv: line 3: price_basis: expected traded in every row, got "spl'],
  ])('refuses the file when it %s', (_what, text, message) => {
    expect(() => parseBarFile(text, 'a.csv')).toThrow(message);
  });
});

it('a row of CSV text is read back field by field', () => {
  const text = fc.string({ unit: fc.constantFrom('"', ',', 'あ', ' ', 'x', '=') });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (fields) => {
      expect(csvFields(csvRow(fields))).toEqual(fields);
    }),
  );
});
