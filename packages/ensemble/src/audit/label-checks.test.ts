import { nextSessionLogReturn, type Panel } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { type AuditedPipeline, type AuditedSplit, checked, dateAt, skipped } from './audited-pipeline.ts';
import {
  dates,
  honest,
  makePanel,
  returnUntil,
  sessions,
  symbols,
  toFeatures,
  toSubject,
} from './honest-pipeline.fixture.ts';
import {
  checkLabel,
  checkPermutation,
  checkScaler,
  checkSplit,
  labelDependences,
  labelHorizon,
} from './label-checks.ts';

const silent = () => undefined;

describe('the check of a label', () => {
  it('finds the prices that it reads, by session', () => {
    const found = labelDependences(toSubject({}));
    expect(found).toEqual([
      { t: 2, column: 'close', offset: 1 },
      { t: 3, column: 'close', offset: 0 },
      { t: 5, column: 'close', offset: 1 },
      { t: 6, column: 'close', offset: 0 },
    ]);
    expect(labelHorizon(found)).toBe(1);
    const far = (some: Panel) => Float64Array.from(returnUntil(2)(some));
    expect(labelHorizon(labelDependences(toSubject({ label: far })))).toBe(2);
    expect(labelHorizon([])).toBe(0);
    // It answers to one symbol alone as well.
    const ofSecond = ({ open }: Panel) => open.map((price, row) => (row % symbols === 1 ? price : 0));
    expect(labelDependences(toSubject({ label: ofSecond }))).toEqual([
      { t: 3, column: 'open', offset: 0 },
      { t: 6, column: 'open', offset: 0 },
    ]);
  });

  const read = (label: AuditedPipeline['label']) => {
    const subject = toSubject({ label });
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
    const short = toSubject({}, makePanel(2));
    expect(checkLabel(short, [])).toEqual(skipped('label', '2 sessions are too few to change one'));
  });
});

describe('the check of splits', () => {
  const splits = (...all: AuditedSplit[]) => toSubject({ splits: () => all });
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
  const long = makePanel(62);
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
      toSubject(
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
      checkPermutation(toSubject({ splits: () => all, forecast }, long));
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
    const many = makePanel(4000);
    const label = nextSessionLogReturn(many);
    const test = sessions(10, 3999);
    const alarmsOf = (share: number) =>
      checkPermutation(
        toSubject(
          {
            features: toFeatures({ nothing: ({ close }) => close.map(() => 0) }),
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
    expect(checkPermutation(toSubject({}))).toEqual(skipped('permutation', '8 sessions are too few for a split'));
  });
});

describe('the check of a scaler', () => {
  const splits = [
    { training: sessions(0, 4), test: sessions(5, 7) },
    { training: sessions(0, 6), test: sessions(7, 8) },
  ];

  it('learns each split again from its training rows alone', () => {
    const told: number[] = [];
    const result = checkScaler(toSubject({ splits: () => splits }), (fraction) => told.push(fraction));
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
    const { alarms } = checkScaler(toSubject({ splits: () => splits, scaler }), silent);
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
    expect(checkScaler(toSubject({}), silent)).toEqual(skipped('scaler', '8 sessions are too few for a split'));
  });
});
