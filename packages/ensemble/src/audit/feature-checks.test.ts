import { nextSessionLogReturn, type Panel } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { checked, dateAt, skipped } from './audited-pipeline.ts';
import { checkLookAhead, checkRestatement, checkTarget } from './feature-checks.ts';
import {
  type ColumnMaker,
  dates,
  makePanel,
  panel,
  returnUntil,
  symbols,
  toFeatures,
  toSubject,
} from './honest-pipeline.fixture.ts';

const silent = () => undefined;

describe('the check of features by cuts', () => {
  it('lets columns of the past pass, and tells how far it is', () => {
    const told: number[] = [];
    const result = checkLookAhead(toSubject({}), (fraction) => told.push(fraction));
    expect(result).toEqual(checked('look-ahead', '2 columns computed again at 2 cuts', []));
    expect(told).toEqual([0, 0.5]);
  });

  it('names the first row that differs at any cut', () => {
    const features = toFeatures({
      back: returnUntil(-1),
      two: returnUntil(2),
      // Of the second symbol in the first session, once the cut comes after session 6.
      late: ({ close, days }) => close.map((price, row) => (row === 1 && days.length === 7 ? 0 : price)),
      last: ({ close, days }) =>
        close.map((_, row) => (Math.floor(row / symbols) === (days.length === 4 ? 3 : 0) ? days.length : 0)),
    });
    const { alarms } = checkLookAhead(toSubject({ features }), silent);
    const alarm = (column: string, symbol: string, t: number, cut: number) => ({
      kind: 'look-ahead',
      column,
      firstSession: dates[t],
      symbol,
      message: `${column} of ${symbol} on ${dates[t]} changes when the bars after ${dates[cut]} are taken away`,
    });
    expect(alarms).toEqual([alarm('two', '0001', 2, 3), alarm('last', '0001', 0, 3), alarm('late', '0002', 0, 6)]);
  });

  it('cannot look at two sessions', () => {
    expect(checkLookAhead(toSubject({}, makePanel(2)), silent)).toEqual(
      skipped('look-ahead', '2 sessions are too few to cut'),
    );
  });
});

describe('the check of features by restated prices', () => {
  const restated = (columns: Readonly<Record<string, ColumnMaker>>, some = panel) =>
    checkRestatement(toSubject({ features: toFeatures(columns) }, some));

  it('lets ratios of prices, turnover and yields pass, and levels of a symbol that is not split', () => {
    const paid = panel.close.map((_, row) => (row < 6 ? 10 : 0));
    const paying = { ...panel, dividends: { paid, expected: paid } };
    const columns = {
      back: returnUntil(-1),
      turnover: ({ close, volume }: Panel) => close.map((price, row) => price * volume[row]!),
      yield: ({ close, dividends }: Panel) => close.map((price, row) => dividends!.paid[row]! / price),
      second: ({ close }: Panel) => close.map((price, row) => (row % symbols === 1 ? price : 0)),
    };
    expect(restated(columns, paying)).toEqual(
      checked('restatement', '4 columns computed again on prices restated by a split', []),
    );
  });

  it('raises an alarm for levels of prices and of volume', () => {
    const { alarms } = restated({
      back: returnUntil(-1),
      late: ({ open }) => open.map((price, row) => (row < 6 ? 0 : price)),
      volume: ({ volume }) => volume,
    });
    const alarm = (column: string, t: number) => ({
      kind: 'restatement',
      column,
      firstSession: dates[t],
      symbol: '0001',
      message: `${column} of 0001 on ${dates[t]} changes when a split after ${dates[7]} restates prices`,
    });
    expect(alarms).toEqual([alarm('late', 3), alarm('volume', 0)]);
  });

  it.each([
    [1, 2 ** -22, 0],
    [1, 2 ** -20, 1],
    [-1, 2 ** -20, 1],
    [1000, 2 ** -13, 0],
    [1000, 2 ** -11, 1],
    [0, 2 ** -32.5, 0],
    [0, 2 ** -31, 1],
  ])('takes what rounding may do to %d for no answer: %d', (value, difference, count) => {
    const isRestated = ({ close }: Panel) => close[0] !== panel.close[0];
    const column: ColumnMaker = (some) => some.close.map(() => (isRestated(some) ? value + difference : value));
    expect(restated({ column }).alarms).toHaveLength(count);
  });

  it('cannot look without a session', () => {
    expect(restated({}, makePanel(0))).toEqual(skipped('restatement', 'there is no session'));
  });
});

describe('the check of features against the label', () => {
  const targets = (some: Panel, columns: Readonly<Record<string, ColumnMaker>>) =>
    checkTarget(toSubject({ features: toFeatures(columns) }, some));
  const unknown =
    (count: number): ColumnMaker =>
    (some) =>
      nextSessionLogReturn(some).map((label, row) => (row < count * symbols ? NaN : label));

  it('names a column that is the label, and one that follows it either way', () => {
    const long = makePanel(66);
    const result = targets(long, {
      back: returnUntil(-1),
      label: nextSessionLogReturn,
      late: unknown(5),
      against: (some) => nextSessionLogReturn(some).map((label) => -(label ** 3)),
      // Known at too few sessions to say anything.
      few: unknown(6),
    });
    const alarm = (column: string, t: number, what: string, rows: number) => ({
      kind: 'target' as const,
      column,
      firstSession: dateAt(long, t),
      message: `${column} ${what} over ${rows} rows, up to 0.5 is plausible`,
    });
    expect(result).toEqual(
      checked('target', '4 of 5 columns against the label', [
        alarm('label', 0, 'is the label: rank correlation 1.000', 130),
        alarm('late', 5, 'is the label: rank correlation 1.000', 120),
        alarm('against', 0, 'follows the label: rank correlation -1.000', 130),
      ]),
    );
  });

  it('cannot look where no column is known in sixty sessions', () => {
    const reason = 'no column is known, with its label, in 60 sessions';
    expect(targets(makePanel(60), { label: nextSessionLogReturn })).toEqual(skipped('target', reason));
  });
});
