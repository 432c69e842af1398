import { dateOfDayNumber, dayNumber } from '@daytrade/market';
import { deriveSeed, seededRandom } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { CalibrationHistory } from '../combination/calibration-history.ts';
import { buildDataset, outcomesOf } from '../dataset.ts';
import { blockBootstrap } from '../metrics/block-bootstrap.ts';
import { rankCorrelation } from '../metrics/ranks.ts';
import { compileOptions } from '../options.ts';
import { buildReport } from './build-report.ts';
import { informationCoefficients, legsOf } from './information-coefficients.ts';
import { type JudgementInput, judgePredictions } from './judge.ts';
import { eachJudged, intervalMethodNames, judgedBySymbol } from './judged-table.ts';

const [symbols, sessions, first, judgedFrom] = [4, 400, 30, 100];
const noise = noisePanel({ symbolCount: symbols, sessionCount: sessions, seed: 23, missingShare: 0.02 });
/** The last symbol is delisted after session 200; the closes of two sessions of another do not change. */
const close = noise.close.map((price, row) => (row % symbols === 3 && row > 200 * symbols ? NaN : price));
for (const t of [150, 151]) {
  for (const column of [close, noise.open, noise.high, noise.low]) column[t * symbols] = close[149 * symbols]!;
}
const yen = (t: number, s: number, price: number) =>
  close.map((_, row) => (row === t * symbols + s && close[row]! > 0 ? price : 0));
const paid = yen(220, 1, 40).map((dividend, row) => dividend + yen(260, 1, 20)[row]!);
const panel = { ...noise, close, dividends: { paid, expected: yen(219, 1, 35) } };
const members = [
  { name: 'first', kind: 'ridge', l2: 1 },
  { name: 'of-the-market', kind: 'ridge', l2: 1, target: 'market' },
] as const;
const random = seededRandom(4);
/** Predictions of every row that has a close. */
const column = (make: (row: number) => number) => close.map((price, row) => (Number.isNaN(price) ? NaN : make(row)));
const outcomes = outcomesOf(buildDataset(panel));
const input: JudgementInput = {
  panel,
  outcomes,
  // The first member knows a little of what happens.
  predictions: {
    centres: [
      column((row) => 10 * (Number.isNaN(outcomes.label[row]!) ? 0 : outcomes.label[row]!) + random() - 0.5),
      column((row) => Math.sin(Math.floor(row / symbols)) / 5),
    ],
    scaleFactor: column(() => 0.8 + 0.4 * random()),
    quantiles: { lower: column(() => -2), upper: column(() => 2) },
    har: column(() => 0.9 + 0.2 * random()),
  },
  range: { first, judgedFrom, end: sessions - 1 },
  options: compileOptions({ members, seed: 7, combination: 'stacking' }, 299),
  horizon: 'next-close',
  beside: {},
};
const judgement = judgePredictions(input);
const report = buildReport(input, judgement);
const judged = [...eachJudged(judgement.judged)];
const { table } = judgement;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const close9 = (value: number) => expect.closeTo(value, 9);
const indices = Array.from(table.day.keys());
const days = Array.from({ length: 299 }, (_, day) => day);

/** What a published or another interval scored on some rows of the table. */
function scored(ofRows: readonly number[], name: (typeof intervalMethodNames)[number] = 'published') {
  const method = intervalMethodNames.indexOf(name);
  const figures = ofRows.map((row) => {
    const [low, high, outcome] = [table.low[method]![row]!, table.high[method]![row]!, table.outcome[row]!];
    const outside = Math.max(0, low - outcome, outcome - high);
    return { inside: outside < 1e-12 ? 1 : 0, width: high - low, score: high - low + (2 / 0.07) * outside };
  });
  return {
    coverage: mean(figures.map(({ inside }) => inside)),
    meanWidthBp: 1e4 * mean(figures.map(({ width }) => width)),
    winklerBp: 1e4 * mean(figures.map(({ score }) => score)),
  };
}

/** Coverage of the window that ends with each day, where at least four fifths of its days have a row. */
function curveOf(ofRows: readonly number[], window: number): readonly (number | null)[] {
  return days.map((last) => {
    const within = ofRows.filter((row) => table.day[row]! <= last && table.day[row]! > last - window);
    const judgedDays = new Set(within.map((row) => table.day[row])).size;
    return last >= window - 1 && judgedDays >= 0.8 * window ? scored(within).coverage : null;
  });
}

function summaryOf(ofRows: readonly number[], window: number) {
  const known = curveOf(ofRows, window).filter((value) => value !== null);
  if (known.length === 0) return { window, min: null, max: null, last: null };
  return { window, min: close9(Math.min(...known)), max: close9(Math.max(...known)), last: close9(known.at(-1)!) };
}

/** The share of moves of some rows that the probability of a model said. */
function hitsOf(ofRows: readonly number[], model: number) {
  const moved = ofRows.filter((row) => table.outcome[row] !== 0);
  const hits = moved.filter((row) => table.probability[model]![row]! >= 0.5 === table.outcome[row]! > 0);
  return { hits: hits.length, moves: moved.length, rises: moved.filter((row) => table.outcome[row]! > 0).length };
}

/** The chance that of a rise and a fall the rise has the higher probability; a tie counts half. */
function areaOf(model: number): number {
  const chances = table.probability[model]!;
  const [rose, fell] = [1, -1].map((sign) => indices.filter((row) => Math.sign(table.outcome[row]!) === sign));
  const won = rose!.map((up) => sum(fell!.map((down) => (Math.sign(chances[up]! - chances[down]!) + 1) / 2)));
  return sum(won) / rose!.length / fell!.length;
}

function dailyCoefficients(model: number): readonly (number | null)[] {
  return days.map((day) => {
    const ofDay = indices.filter((row) => table.day[row] === day);
    if (ofDay.length < 3) return null;
    const value = rankCorrelation(
      ofDay.map((row) => table.ordering[model]![row]!),
      ofDay.map((row) => table.outcome[row]!),
    );
    return Number.isNaN(value) ? 0 : value;
  });
}

const ofSymbol = (s: number) => indices.filter((row) => table.symbol[row] === s);
const names = ['first', 'of-the-market', 'voting', 'weighted', 'stacking'];

describe('a report', () => {
  it('says of which sessions and symbols it is', () => {
    expect(report).toMatchObject({
      from: dateOfDayNumber(panel.days[101]!),
      to: dateOfDayNumber(panel.days[399]!),
      days: 299,
      daysAsked: 299,
      symbols: 4,
      endedSymbols: 1,
      symbolDays: indices.length,
      halted: judged.length - indices.length,
      seed: 7,
      targetCoverage: 0.93,
      intervalMethod: 'ensemble-regime',
    });
    expect(report.halted).toBeGreaterThan(5);
    expect(judged.filter(({ close: price }) => price === null)).toHaveLength(report.halted);
    expect(table.rows).toBe(indices.length);
  });

  it('has coverage, width and score of every method, of all rows alike', () => {
    expect(report.intervalMethods).toEqual(
      intervalMethodNames.map((name) => {
        const { coverage, meanWidthBp, winklerBp } = scored(indices, name);
        const figures = { coverage: close9(coverage), meanWidthBp: close9(meanWidthBp), winklerBp: close9(winklerBp) };
        const rolling = name === 'published' ? summaryOf(indices, 250) : undefined;
        const rollingCoverage250 = rolling
          ? { min: rolling.min, max: rolling.max }
          : { min: expect.any(Number), max: expect.any(Number) };
        return { name, ...figures, rollingCoverage250 };
      }),
    );
    const { coverage, meanWidthBp, winklerBp } = report.intervalMethods.at(-1)!;
    expect(report).toMatchObject({ coverage, meanWidthBp, winklerBp });
    expect(report.rollingCoverage60).toEqual(summaryOf(indices, 60));
    expect(report.rollingCoverage250).toEqual(summaryOf(indices, 250));
    const byDay = days.map((day) => indices.filter((row) => table.day[row] === day));
    const inside = byDay.map((ofDay) => Math.round((scored(ofDay).coverage || 0) * ofDay.length));
    const counts = byDay.map((ofDay) => ofDay.length);
    expect(report.coverageInterval).toEqual(blockBootstrap(inside, counts, deriveSeed(7, 1)));
  });

  it('has the skill of the published intervals against each baseline', () => {
    const against = (name: (typeof intervalMethodNames)[number]) =>
      close9(1 - scored(indices).winklerBp / scored(indices, name).winklerBp);
    expect(report.skill).toEqual({
      har: against('har'),
      rollingQuantile: against('rolling-quantile'),
      randomWalk: against('random-walk'),
      ewma: against('ewma-split'),
    });
    expect(report.skillByYear.map(({ year, symbolDays }) => [year, symbolDays])).toEqual(
      [2011, 2012].map((year) => [
        year,
        indices.filter((row) => dateOfDayNumber(panel.days[101 + table.day[row]!]!).startsWith(`${year}`)).length,
      ]),
    );
  });

  it('has the figures of each symbol', () => {
    expect(report.bySymbol).toHaveLength(4);
    for (const [s, own] of report.bySymbol.entries()) {
      const { hits, moves } = hitsOf(ofSymbol(s), 4);
      const { coverage, meanWidthBp, winklerBp } = scored(ofSymbol(s));
      expect(own).toEqual({
        symbol: panel.symbols[s]!.symbol,
        days: ofSymbol(s).length,
        coverage: close9(coverage),
        meanWidthBp: close9(meanWidthBp),
        winklerBp: close9(winklerBp),
        hitRate: close9(hits / moves),
        rolling60: summaryOf(ofSymbol(s), 60),
        rolling250: summaryOf(ofSymbol(s), 250),
      });
    }
    expect(report.bySymbol.map(({ rolling250 }) => rolling250.last !== null)).toEqual([true, true, true, false]);
  });

  it('has the figures of each session', () => {
    const [all20, all60, all250] = [20, 60, 250].map((window) => curveOf(indices, window));
    const orNull = (value: number | null | undefined) => (typeof value === 'number' ? close9(value) : null);
    const coefficients = dailyCoefficients(4);
    const expected = days.flatMap((day) => {
      const ofDay = indices.filter((row) => table.day[row] === day);
      if (ofDay.length === 0) return [];
      const { coverage, meanWidthBp, winklerBp } = scored(ofDay);
      const baseline = (name: (typeof intervalMethodNames)[number]) => close9(scored(ofDay, name).winklerBp);
      return {
        session: dateOfDayNumber(panel.days[judgedFrom + 1 + day]!),
        coverage: close9(coverage),
        meanWidthBp: close9(meanWidthBp),
        winklerBp: close9(winklerBp),
        coverage20: orNull(all20![day]),
        coverage60: orNull(all60![day]),
        coverage250: orNull(all250![day]),
        winklerRollingQuantileBp: baseline('rolling-quantile'),
        winklerRandomWalkBp: baseline('random-walk'),
        winklerHarBp: baseline('har'),
        winklerEwmaBp: baseline('ewma-split'),
        ic: orNull(coefficients[day]),
        symbols: ofDay.length,
      };
    });
    expect(report.series).toEqual(expected);
    // Some sessions have too few symbols for a coefficient.
    expect(expected.filter(({ ic }) => ic === null).length).toBeGreaterThan(0);
  });

  it('has the direction of the published combination', () => {
    const { hits, moves, rises } = hitsOf(indices, 4);
    expect(report.hitRate).toMatchObject({ value: close9(hits / moves), alwaysUp: close9(rises / moves) });
    const byDay = days.map((day) =>
      hitsOf(
        indices.filter((row) => table.day[row] === day),
        4,
      ),
    );
    const interval = blockBootstrap(
      byDay.map((day) => day.hits),
      byDay.map((day) => day.moves),
      deriveSeed(7, 2),
    );
    expect(report.hitRate).toMatchObject(interval);
    const { name: _, weight: _weight, hitRate: _rate, rmse: _rmse, r2: _r2, ...figures } = report.models[4]!;
    expect(report).toMatchObject(figures);
    const coefficients = dailyCoefficients(4).filter((value) => value !== null);
    const deviation = Math.sqrt(mean(coefficients.map((value) => (value - mean(coefficients)) ** 2)));
    expect(report.icir).toBeCloseTo(mean(coefficients) / deviation, 9);
    expect(report.hitRate.value).toBeGreaterThan(0.6);
    expect(report.leakAlarm).toBe(true);
  });

  it('has the figures of each member and each combination', () => {
    expect(report.edgeBound.tests).toBe(5 * 3 * 2);
    const options = { legs: legsOf('next-close'), seed: deriveSeed(7, 3), edgeT: report.edgeBound.t };
    const weights = judgement.engine.combiner.weights('stacking');
    expect(weights[0]).toBeGreaterThan(weights[1]!);
    const moved = indices.filter((row) => table.outcome[row] !== 0);
    expect(report.models).toEqual(
      names.map((name, model) => {
        const { hits, moves } = hitsOf(indices, model);
        const errors = indices.map((row) => (table.outcome[row]! - table.predicted[model]![row]!) ** 2);
        // Of the others the value alone.
        const own = report.models[model]!.informationCoefficients;
        const lines = name === 'of-the-market' ? informationCoefficients(table, model, options) : own;
        expect(lines[5]!.value).toBeCloseTo(mean(dailyCoefficients(model).filter((one) => one !== null)), 9);
        const { value, low, high } = lines[5]!;
        const brier = moved.map((row) => (table.probability[model]![row]! - (table.outcome[row]! > 0 ? 1 : 0)) ** 2);
        return {
          name,
          hitRate: close9(hits / moves),
          rmse: close9(Math.sqrt(mean(errors))),
          r2: close9(1 - sum(errors) / sum(table.outcome.map((outcome) => outcome ** 2))),
          ic: close9(mean(dailyCoefficients(model).filter((one) => one !== null))),
          auc: close9(areaOf(model)),
          brier: close9(mean(brier)),
          icInterval: { value, low, high },
          informationCoefficients: lines,
          weight: weights[model] ?? null,
        };
      }),
    );
  });

  it('has what ex-days covered', () => {
    const exDays = indices.filter((row) => table.dividend[row]! > 0);
    expect(report.exDividend).toMatchObject({ symbolDays: exDays.length, expectedShare: 0.5 });
    expect(exDays).toHaveLength(2);
  });
});

describe('what is judged', () => {
  it('is each session in order, with prices and dividends as they were', () => {
    expect(new Set(table.day)).toEqual(new Set(days));
    const scoredRows = judged.filter(({ close: price }) => price !== null);
    for (const [row, { symbol, session, lastClose, lower, upper, centre, close: price }] of scoredRows.entries()) {
      const [t, s] = [panel.days.indexOf(dayNumber(session)), table.symbol[row]!];
      const [place, before] = [t * symbols + s, (t - 1) * symbols + s];
      expect([symbol, table.day[row]]).toEqual([panel.symbols[s]!.symbol, t - 1 - judgedFrom]);
      expect([price, lastClose]).toEqual([panel.close[place], panel.close[before]]);
      const [dividend, expected] = [paid[place]!, panel.dividends.expected[before]!];
      const after = (value: number) => close9(Math.log((value + dividend) / lastClose));
      expect(table.outcome[row]).toEqual(after(price!));
      expect(table.overnight[row]).toEqual(after(panel.open[place]!));
      expect(table.low.at(-1)![row]).toEqual(after(lower));
      expect(table.high.at(-1)![row]).toEqual(after(upper));
      expect([table.dividend[row], table.expectedDividend[row]]).toEqual([dividend / lastClose, expected / lastClose]);
      expect(table.predicted[4]![row]).toEqual(close9(Math.log((centre + expected) / lastClose)));
      // The market orders no symbols.
      expect(table.ordering[1]![row]).toBe(0);
      const score = input.predictions.centres[0]![before]!;
      expect(table.ordering[0]![row]).toBe(score);
      expect(table.predicted[0]![row]).toBeCloseTo(score * outcomes.scale[before]!, 12);
    }
  });

  it('has of each member the probability that its past scores give', () => {
    const calibration = new CalibrationHistory();
    let row = 0;
    for (let t = first; t < sessions - 1; t += 1) {
      for (; table.day[row] === t - judgedFrom; row += 1) {
        const score = input.predictions.centres[1]![t * symbols + table.symbol[row]!]!;
        expect(table.probability[1]![row]).toBe(calibration.probability(score));
      }
      const at = (values: Float64Array) => values.subarray(t * symbols, (t + 1) * symbols);
      calibration.observe(at(input.predictions.centres[1]!), at(outcomes.label));
    }
    expect(row).toBe(indices.length);
    const published = judged.filter(({ close: price }) => price !== null).map(({ probabilityUp }) => probabilityUp);
    expect(published).toEqual(table.probability[4]);
  });

  it('has the baselines of the returns that were known', () => {
    const place = (name: (typeof intervalMethodNames)[number]) => intervalMethodNames.indexOf(name);
    for (const row of indices.filter((index) => index % 17 === 0 && table.dividend[index] === 0)) {
      const [t, s] = [judgedFrom + table.day[row]!, table.symbol[row]!];
      const returns = Array.from({ length: t }, (_, i) => outcomes.label[i * symbols + s]!).filter(Number.isFinite);
      const newest = returns.slice(-250).toSorted((a, b) => a - b);
      const quantile = (share: number) => {
        const [below, part] = [Math.floor(share * (newest.length - 1)), (share * (newest.length - 1)) % 1];
        return newest[below]! + part * ((newest[below + 1] ?? 0) - newest[below]!);
      };
      const half = 1.8119106729525978;
      const sigma = Math.sqrt(mean(returns.map((value) => value ** 2)));
      const ends = {
        'random-walk': [-half * sigma, half * sigma],
        'rolling-quantile': [quantile(0.035), quantile(0.965)],
        'ewma-normal': [-half * outcomes.scale[t * symbols + s]!, half * outcomes.scale[t * symbols + s]!],
      } as const;
      for (const [name, [low, high]] of Object.entries(ends) as [keyof typeof ends, readonly [number, number]][]) {
        // Published bounds are rounded outward to five digits.
        expect(table.low[place(name)]![row]).toBeCloseTo(low, 3);
        expect(table.low[place(name)]![row]).toBeLessThanOrEqual(low + 1e-12);
        expect(table.high[place(name)]![row]).toBeCloseTo(high, 3);
        expect(table.high[place(name)]![row]).toBeGreaterThanOrEqual(high - 1e-12);
      }
    }
  });

  it('is the same symbol after symbol, and a close on a bound is inside', () => {
    const bySymbol = [...judgedBySymbol(judgement.judged)];
    expect(bySymbol).toEqual(
      panel.symbols.map(({ symbol }) => [symbol, judged.filter((forecast) => forecast.symbol === symbol)]),
    );
    const { lower, upper, close: closes } = judgement.judged;
    const columns = { ...judgement.judged, lower: lower.slice(), upper: upper.slice() };
    const known = Array.from(closes.subarray(0, 40).keys())
      .filter((row) => closes[row]! > 0)
      .slice(0, 5);
    for (const [i, row] of known.entries()) {
      const price = closes[row]!;
      [columns.lower[row], columns.upper[row]] = [
        [price, price + 1],
        [price - 1, price],
        [price + 0.1, price + 1],
        [price - 1, price - 0.1],
        [price, price],
      ][i] as [number, number];
    }
    const again = [...eachJudged(columns)];
    expect(known.map((row) => again[row]!.inside)).toEqual([true, true, false, false, true]);
    expect(judged.find(({ close: price }) => price === null)!.inside).toBeNull();
  });
});
