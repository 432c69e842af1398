import { predict, trainRidge } from '@daytrade/learners';
import { type FeatureMatrix, nextSessionLogReturn, type Panel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { auditLeaks } from './audit-leaks.ts';
import {
  type AuditedPipeline,
  type AuditedSplit,
  type AuditSubject,
  auditSubject,
  checked,
  dateAt,
  probeSessions,
  rowsOfSessions,
  sameValue,
  skipped,
} from './audited-pipeline.ts';
import { checkLookAhead, checkRestatement, checkTarget } from './feature-checks.ts';
import {
  checkLabel,
  checkPermutation,
  checkScaler,
  checkSplit,
  labelDependences,
  labelHorizon,
} from './label-checks.ts';
import { productPipeline } from './product-pipeline.ts';

const symbols = 2;
const panelOf = (sessionCount: number) => noisePanel({ symbolCount: symbols, sessionCount, seed: 3 });
const panel = panelOf(8);
const dates = Array.from(panel.days.keys(), (t) => dateAt(panel, t));
const sessions = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);

type ColumnMaker = (panel: Panel) => ArrayLike<number>;

function featuresOf(columns: Readonly<Record<string, ColumnMaker>>): AuditedPipeline['features'] {
  return (some) => {
    const values = Object.values(columns).flatMap((make) => Array.from(make(some)));
    return { names: Object.keys(columns), rows: some.close.length, values: Float32Array.from(values) };
  };
}

/** The return of a row that ends with a later or an earlier session. */
const returnUntil =
  (later: number): ColumnMaker =>
  ({ close }) =>
    close.map((price, row) => Math.log((close[row + later * symbols] ?? NaN) / price));

const means = ({ names, rows: height, values }: FeatureMatrix, rows: Int32Array) =>
  names.map((_, f) => [rows.reduce((sum, row) => sum + values[f * height + row]!, 0) / rows.length]);

/** Two columns that know nothing of the future, and a mean of each. */
const honest: AuditedPipeline = {
  name: 'two columns',
  features: featuresOf({
    back: returnUntil(-1),
    range: ({ high, low }) => high.map((price, row) => price / low[row]!),
  }),
  label: nextSessionLogReturn,
  dates: (...input) => productPipeline().dates(...input),
  universe: ({ close }) => new Uint8Array(close.length).fill(1),
  splits: () => [],
  embargo: 1,
  scaler: (matrix, _label, rows) => ({
    mean: means(
      matrix,
      rows.filter((row) => row >= symbols),
    ),
  }),
  forecast: (_matrix, _label, _training, judged) => new Float64Array(judged.length),
};

const subjectOf = (parts: Partial<AuditedPipeline>, some = panel, probes = 2): AuditSubject =>
  auditSubject({ ...honest, ...parts }, some, probes);
const silent = () => undefined;

describe('the parts of an audit', () => {
  it.each([
    [12, 3, [3, 6, 10]],
    [10, Infinity, [1, 2, 3, 4, 5, 6, 7, 8]],
    [6, 4, [1, 2, 3, 4]],
    [3, 12, [1]],
    [2, 12, []],
    [0, 12, []],
  ])('probes %i sessions at %d places that have a session before and after', (count, probes, expected) => {
    expect(probeSessions(count, probes)).toEqual(expected);
  });

  it('has a row of each symbol of a session', () => {
    expect([...rowsOfSessions(Int32Array.of(2, 5), 3)]).toEqual([6, 7, 8, 15, 16, 17]);
  });

  it.each([
    [0, 0, true],
    [NaN, NaN, true],
    [NaN, 1, false],
    [1, NaN, false],
    [1, -1, false],
    [Infinity, Infinity, true],
    [1e6, 1e6 * (1 + 0.5e-12), true],
    [-1e6, -1e6 * (1 + 0.5e-12), true],
    [1e6 * (1 + 2e-12), 1e6, false],
    [1e-6, 1e-6 * (1 + 0.5e-12), true],
    [1e-6, 1e-6 * (1 + 2e-12), false],
    [0, 1e-13, false],
  ])('takes %d and %d for the same: %s', (a, b, expected) => {
    expect(sameValue(a, b)).toBe(expected);
    expect(sameValue(b, a)).toBe(expected);
  });

  it('says whether a check passed, found something or could not look', () => {
    const alarm = { kind: 'label', column: 'label', firstSession: dates[0]!, message: 'read' } as const;
    expect(checked('label', 'labels', [])).toEqual({
      check: { kind: 'label', outcome: 'passed', examined: 'labels' },
      alarms: [],
    });
    expect(checked('label', 'labels', [alarm])).toEqual({
      check: { kind: 'label', outcome: 'alarm', examined: 'labels' },
      alarms: [alarm],
    });
    expect(skipped('label', 'too few')).toEqual({
      check: { kind: 'label', outcome: 'skipped', examined: 'too few' },
      alarms: [],
    });
  });
});

describe('the check of a label', () => {
  it('finds the prices that it reads, by session', () => {
    const found = labelDependences(subjectOf({}));
    expect(found).toEqual([
      { t: 2, column: 'close', offset: 1 },
      { t: 3, column: 'close', offset: 0 },
      { t: 5, column: 'close', offset: 1 },
      { t: 6, column: 'close', offset: 0 },
    ]);
    expect(labelHorizon(found)).toBe(1);
    const far = (some: Panel) => Float64Array.from(returnUntil(2)(some));
    expect(labelHorizon(labelDependences(subjectOf({ label: far })))).toBe(2);
    expect(labelHorizon([])).toBe(0);
    // It answers to one symbol alone as well.
    const ofSecond = ({ open }: Panel) => open.map((price, row) => (row % symbols === 1 ? price : 0));
    expect(labelDependences(subjectOf({ label: ofSecond }))).toEqual([
      { t: 3, column: 'open', offset: 0 },
      { t: 6, column: 'open', offset: 0 },
    ]);
  });

  const read = (label: AuditedPipeline['label']) => {
    const subject = subjectOf({ label });
    return checkLabel(subject, labelDependences(subject));
  };

  it('lets one pass that begins with the close of its own session', () => {
    expect(read(nextSessionLogReturn)).toEqual(checked('label', '4 prices changed at 2 sessions', []));
  });

  it.each([
    [
      'the open of its own session',
      ({ open, close }: Panel) => open.map((price, row) => Math.log((close[row + symbols] ?? NaN) / price)),
      [[3, `label on ${dates[3]} reads the open of the same session, before the close that features end with`]],
    ],
    [
      'the session before alone',
      ({ close }: Panel) => close.map((price, row) => Math.log(price / (close[row - symbols] ?? NaN))),
      [
        [4, `label on ${dates[4]} reads the close of ${dates[3]}, before the close that features end with`],
        [3, 'label reads no price after its own session'],
      ],
    ],
    ['nothing', ({ close }: Panel) => close.map(() => 0), [[3, 'label reads no price after its own session']]],
  ] as const)('raises an alarm where it reads %s', (_, label, expected) => {
    expect(read(label).alarms).toEqual(
      expected.map(([t, message]) => ({ kind: 'label', column: 'label', firstSession: dates[t], message })),
    );
  });

  it('cannot look at two sessions', () => {
    const short = subjectOf({}, panelOf(2));
    expect(checkLabel(short, [])).toEqual(skipped('label', '2 sessions are too few to change one'));
  });
});

describe('the check of splits', () => {
  const splits = (...all: AuditedSplit[]) => subjectOf({ splits: () => all });
  const near: AuditedSplit = { training: sessions(0, 4), test: Int32Array.of(6, 5) };

  it('lets a training pass whose last label and embargo end with the first judged row', () => {
    expect(checkSplit(splits(near), 1)).toEqual(checked('split', '1 splits, label 1 ahead, embargo 1', []));
  });

  it('names the split, and the sessions of its training that are too near', () => {
    const far: AuditedSplit = { training: sessions(0, 2), test: sessions(5, 8) };
    const { alarms } = checkSplit(splits(far, near), 3);
    expect(alarms).toEqual([
      {
        kind: 'split',
        column: 'split',
        firstSession: dates[2],
        message:
          `split 2 judges from ${dates[5]} but trains on 2 sessions from ${dates[2]} on ` +
          'whose label (3 sessions ahead) and embargo (1) are not over by then',
      },
    ]);
  });

  it('cannot look where there is none', () => {
    expect(checkSplit(splits(), 1)).toEqual(skipped('split', '8 sessions are too few for a split'));
  });
});

describe('the check by permuted labels', () => {
  const long = panelOf(62);
  const real = nextSessionLogReturn(long);
  const splits = [4, 10, 20, 30, 40].map((from, i) => ({
    training: sessions(0, from - 2),
    test: sessions(from, from + (i === 4 ? 8 : 6)),
  }));

  it('trains on whole sessions dealt out anew, three times in each of the last four splits', () => {
    const seen: string[] = [];
    const sessionsOf = (label: Float64Array) =>
      Array.from({ length: 62 }, (_, t) => label.slice(t * symbols, (t + 1) * symbols).join());
    const result = checkPermutation(
      subjectOf(
        {
          splits: () => splits,
          forecast: (matrix, label, training, judged) => {
            expect(matrix.rows).toBe(62 * symbols);
            expect(sessionsOf(label).toSorted()).toEqual(sessionsOf(real).toSorted());
            expect(sessionsOf(label)).not.toEqual(sessionsOf(real));
            // More than a few sessions are at another place.
            expect(sessionsOf(label).filter((own, t) => own === sessionsOf(real)[t]).length).toBeLessThan(10);
            seen.push(`${training.length} ${judged[0]} ${judged.length} ${label.join()}`);
            return new Float64Array(judged.length);
          },
        },
        long,
      ),
    );
    expect(result).toEqual(checked('permutation', '3 trainings on permuted labels in each of 4 splits', []));
    expect(new Set(seen).size).toBe(12);
    expect(seen.slice(0, 4).map((own) => own.split(' ').slice(0, 3).join(' '))).toEqual([
      '16 20 12',
      '36 40 12',
      '56 60 12',
      '76 80 16',
    ]);
  });

  it('raises an alarm where forecasts know the real labels nevertheless, beyond five standard errors', () => {
    const forecast: AuditedPipeline['forecast'] = (_matrix, _label, _training, judged) =>
      Float64Array.from(judged, (row) => real[row]!);
    const resultOf = (...all: readonly AuditedSplit[]) =>
      checkPermutation(subjectOf({ splits: () => all, forecast }, long));
    expect(resultOf(...splits).alarms).toEqual([
      {
        kind: 'permutation',
        column: 'forecast',
        firstSession: dateAt(long, 10),
        message:
          `forecast from ${dateAt(long, 10)} on knows the real labels after trainings on permuted ones: ` +
          'rank correlation 1.000 over 26 sessions, up to 0.981 is plausible',
      },
    ]);
    expect(resultOf({ training: sessions(0, 8), test: sessions(10, 35) }).alarms).toEqual([]);
    expect(resultOf({ training: sessions(0, 8), test: sessions(10, 36) }).alarms).toHaveLength(1);
  });

  it('calls less than a tenth no skill, however many sessions there are', () => {
    const many = panelOf(4000);
    const label = nextSessionLogReturn(many);
    const test = sessions(10, 3999);
    const alarmsOf = (share: number) =>
      checkPermutation(
        subjectOf(
          {
            features: featuresOf({ nothing: ({ close }) => close.map(() => 0) }),
            splits: () => [{ training: sessions(0, 8), test }],
            forecast: (_matrix, _label, _training, judged) =>
              Float64Array.from(judged, (row) => share * label[row]! + 0.02 * Math.sin(row * row)),
          },
          many,
        ),
      ).alarms;
    expect(alarmsOf(0.03)).toEqual([]);
    expect(alarmsOf(0.2)).toHaveLength(1);
  });

  it('cannot look without a split', () => {
    expect(checkPermutation(subjectOf({}))).toEqual(skipped('permutation', '8 sessions are too few for a split'));
  });
});

describe('the check of a scaler', () => {
  const splits = [
    { training: sessions(0, 4), test: sessions(5, 7) },
    { training: sessions(0, 6), test: sessions(7, 8) },
  ];

  it('learns each split again from its training rows alone', () => {
    const told: number[] = [];
    const result = checkScaler(subjectOf({ splits: () => splits }), (fraction) => told.push(fraction));
    expect(result).toEqual(checked('scaler', 'mean of 2 columns in 2 splits', []));
    expect(told).toEqual([0, 0.5]);
  });

  it('raises one alarm for each column whose statistics know the other rows, in the first split where they do', () => {
    const scaler: AuditedPipeline['scaler'] = (matrix, label, rows) => ({
      ...honest.scaler(matrix, label, rows),
      // Of the second column only, and in the second split only by a number more.
      most: matrix.names.map((_, f) => (f === 1 && rows.length > 8 ? Array<number>(matrix.rows).fill(0) : [])),
      size: matrix.names.map((_, f) => (f === 0 ? [1, matrix.rows] : [1, 2])),
    });
    const { alarms } = checkScaler(subjectOf({ splits: () => splits, scaler }), silent);
    const kind = 'scaler';
    expect(alarms).toEqual([
      {
        kind,
        column: 'back',
        firstSession: dates[5],
        message: `size of back for ${dates[5]} is not what the training rows alone give`,
      },
      {
        kind,
        column: 'range',
        firstSession: dates[7],
        message: `most of range for ${dates[7]} is not what the training rows alone give`,
      },
    ]);
  });

  it('cannot look without a split', () => {
    expect(checkScaler(subjectOf({}), silent)).toEqual(skipped('scaler', '8 sessions are too few for a split'));
  });
});

describe('the check of features by cuts', () => {
  it('lets columns of the past pass, and tells how far it is', () => {
    const told: number[] = [];
    const result = checkLookAhead(subjectOf({}), (fraction) => told.push(fraction));
    expect(result).toEqual(checked('look-ahead', '2 columns computed again at 2 cuts', []));
    expect(told).toEqual([0, 0.5]);
  });

  it('names the first row that differs at any cut', () => {
    const features = featuresOf({
      back: returnUntil(-1),
      two: returnUntil(2),
      // Of the second symbol in the first session, once the cut comes after session 6.
      late: ({ close, days }) => close.map((price, row) => (row === 1 && days.length === 7 ? 0 : price)),
      last: ({ close, days }) =>
        close.map((_, row) => (Math.floor(row / symbols) === (days.length === 4 ? 3 : 0) ? days.length : 0)),
    });
    const { alarms } = checkLookAhead(subjectOf({ features }), silent);
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
    expect(checkLookAhead(subjectOf({}, panelOf(2)), silent)).toEqual(
      skipped('look-ahead', '2 sessions are too few to cut'),
    );
  });
});

describe('the check of features by restated prices', () => {
  const restated = (columns: Readonly<Record<string, ColumnMaker>>, some = panel) =>
    checkRestatement(subjectOf({ features: featuresOf(columns) }, some));

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
    expect(restated({}, panelOf(0))).toEqual(skipped('restatement', 'there is no session'));
  });
});

describe('the check of features against the label', () => {
  const targets = (some: Panel, columns: Readonly<Record<string, ColumnMaker>>) =>
    checkTarget(subjectOf({ features: featuresOf(columns) }, some));
  const unknown =
    (count: number): ColumnMaker =>
    (some) =>
      nextSessionLogReturn(some).map((label, row) => (row < count * symbols ? NaN : label));

  it('names a column that is the label, and one that follows it either way', () => {
    const long = panelOf(66);
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
    expect(targets(panelOf(60), { label: nextSessionLogReturn })).toEqual(skipped('target', reason));
  });
});

describe('the forecasts of the product that are audited', () => {
  it('are those of a ridge on the newest 20,000 labelled rows', () => {
    const height = 20_010;
    const values = Float32Array.from({ length: height }, (_, row) => Math.sin(row * row));
    const matrix = { names: ['wave'], rows: height, values };
    const label = Float64Array.from(values, (value, row) => (row === 20_003 ? NaN : row < 8 ? 1e6 : 2 * value));
    const training = Int32Array.from({ length: 20_008 }, (_, row) => row);
    const judged = Int32Array.of(20_008, 20_009);
    const rows = training.slice(7).filter((row) => row !== 20_003);
    const expected = predict(trainRidge({ l2: 1 }, { matrix, target: label, rows }), matrix, { rows: judged });
    expect(rows).toHaveLength(20_000);
    expect(productPipeline().forecast(matrix, label, training, judged)).toEqual(expected);
  });
});

describe('an audit', () => {
  const split = { training: sessions(0, 4), test: sessions(6, 8) };

  it('tells what it looks at and how far it is', () => {
    const told: (readonly [string, number])[] = [];
    const progress = (stage: string, fraction: number) => told.push([stage, fraction]);
    auditLeaks({ ...honest, splits: () => [split, split] }, panel, { probes: 2, progress });
    // Two cuts take as long as two of the ten parts, each split as long as four.
    const share = (part: number) => expect.closeTo(0.05 + 0.95 * part, 9);
    const learning = 'learning again from the training rows alone';
    expect(told).toEqual([
      ['computing features', 0],
      ['cutting the panel', share(0)],
      ['cutting the panel', share(0.1)],
      [learning, share(0.2)],
      [learning, share(0.6)],
    ]);
  });

  it('says of an honest pipeline what was examined', () => {
    const findings = auditLeaks({ ...honest, splits: () => [split] }, panel, { probes: 'all' });
    expect(findings).toEqual({
      pipeline: 'two columns',
      sessions: 8,
      symbols: 2,
      columns: 2,
      passed: false,
      alarms: [],
      checks: [
        ['look-ahead', 'passed', '2 columns computed again at 6 cuts'],
        ['restatement', 'passed', '2 columns computed again on prices restated by a split'],
        ['target', 'skipped', 'no column is known, with its label, in 60 sessions'],
        ['label', 'passed', '4 prices changed at 6 sessions'],
        ['split', 'passed', '1 splits, label 1 ahead, embargo 1'],
        ['scaler', 'passed', 'mean of 2 columns in 1 splits'],
        ['permutation', 'passed', '3 trainings on permuted labels in each of 1 splits'],
        ['calendar', 'passed', 'dates of 8 sessions'],
        ['universe', 'passed', 'members of 8 sessions chosen again at 6 cuts'],
      ].map(([kind, outcome, examined]) => ({ kind, outcome, examined })),
    });
  });

  it('passes where every check could look and found nothing', () => {
    const long = panelOf(70);
    expect(auditLeaks({ ...honest, splits: () => [split] }, long).passed).toBe(true);
    const shifted: AuditedPipeline['dates'] = (some) => ({
      ...honest.dates(some),
      day: some.days.map((day) => day - 1),
    });
    expect(auditLeaks({ ...honest, splits: () => [split], dates: shifted }, long).passed).toBe(false);
  });

  it('says which rows are dated wrongly', () => {
    const shifted: AuditedPipeline['dates'] = (some) => {
      const { day, predictedDay } = honest.dates(some);
      return {
        day: day.map((own, t) => (t >= 2 ? own - 1 : own)),
        predictedDay: predictedDay.map((own, t) => (t >= 5 ? own + 1 : own)),
      };
    };
    const { alarms } = auditLeaks({ ...honest, dates: shifted }, panel);
    const dayBefore = new Date(Date.parse(dates[2]!) - 86_400_000).toISOString().slice(0, 10);
    const dayAfter = new Date(Date.parse(dates[6]!) + 86_400_000).toISOString().slice(0, 10);
    expect(alarms).toEqual([
      {
        kind: 'calendar',
        column: 'day',
        firstSession: dates[2],
        message: `the row of the bars of ${dates[2]} is dated ${dayBefore}`,
      },
      {
        kind: 'calendar',
        column: 'predicted_day',
        firstSession: dates[5],
        message: `the row of ${dates[5]} predicts ${dayAfter}, the next session is ${dates[6]}`,
      },
    ]);
  });

  it.each([
    [0, 1, 'left out', 'taken in'],
    [1, 0, 'taken in', 'left out'],
  ])('names the first row whose part in the universe turns on what came later: %i to %i', (then, later, known, now) => {
    // The second symbol in session 2 once session 7 is known, and in session 1 once session 5 is.
    const universe = ({ close, days }: Panel) =>
      Uint8Array.from(close, (_, row) =>
        (row === 5 && days.length < 8) || (row === 3 && days.length < 6) ? then : later,
      );
    const { alarms } = auditLeaks({ ...honest, universe }, panel, { probes: 2 });
    expect(alarms).toEqual([
      {
        kind: 'universe',
        column: 'universe',
        firstSession: dates[1],
        symbol: '0002',
        message:
          `universe on ${dates[1]}: 0002 is ${known} by what is known on ${dates[3]}, and ${now} ` +
          'by what came after',
      },
    ]);
  });

  it('cannot look at a universe of two sessions', () => {
    const { checks } = auditLeaks(honest, panelOf(2));
    expect(checks.at(-1)).toEqual(skipped('universe', '2 sessions are too few to cut').check);
  });
});
