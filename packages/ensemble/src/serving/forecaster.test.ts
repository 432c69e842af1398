import { eveningInstant, type Panel, slicePanel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { CalibrationHistory, type CalibrationState } from '../combination/calibration-history.ts';
import { buildDataset, predictableRows } from '../dataset.ts';
import type { Ensemble } from '../ensemble.ts';
import { sessionClasses } from '../intervals/session-stretch.ts';
import { predictModels } from '../members/ensemble-models.ts';
import { trainSmall } from '../small-training.fixture.ts';
import { type SessionForecast, sessionInput, sessionLabel, sessionPaid } from '../time-order/session-forecast.ts';
import { TimeOrderEngine } from '../time-order/time-order-engine.ts';
import { emptyPredictions, writePredictions } from '../walk-forward/fold-task.ts';
import { forecastOnce } from './forecast-once.fixture.ts';
import { explainNextSession, type Forecast, Forecaster, panelHash } from './forecaster.ts';

const symbolCount = 6;
const trainedSessions = 260;
const panel = noisePanel({ symbolCount, sessionCount: 330, seed: 21, missingShare: 0.02 });

let ensemble: Ensemble;
beforeAll(async () => {
  ensemble = await trainSmall(slicePanel(panel, 0, trainedSessions));
});

/**
 * What is said at the newest session, by the dataset of the whole panel at once, as training and evaluation compute it.
 */
function batchForecast(of: Panel): { readonly batch: SessionForecast; readonly calibration: CalibrationHistory } {
  const dataset = buildDataset(of);
  const first = of.days.findIndex((day) => day >= ensemble.trainedTo);
  const rows = predictableRows(dataset, first, dataset.sessions);
  const predictions = emptyPredictions(dataset.rows, ensemble.options.members.length);
  writePredictions(predictions, rows, predictModels(ensemble.models, dataset, rows));
  const { combination, members } = ensemble.options;
  const engine = new TimeOrderEngine(of.symbols, { combination, members }, ensemble.state);
  const calibration = new CalibrationHistory(ensemble.calibration as CalibrationState);
  const inputAt = (t: number) => ({
    ...sessionInput(dataset, predictions, t),
    classes: sessionClasses(undefined, of.symbols.length, of.days[t]!, 'next-close'),
  });
  for (let t = first; t < dataset.sessions - 1; t += 1) {
    const input = inputAt(t);
    const forecast = engine.forecast(input);
    engine.observe(input, forecast, sessionLabel(dataset, t), sessionPaid(dataset, t));
    calibration.observe(forecast.combined[combination], sessionLabel(dataset, t));
  }
  return { batch: engine.forecast(inputAt(dataset.sessions - 1)), calibration };
}

/** Largest relative difference between forecasts and the batch, over all that is published. */
function differenceFromBatch(forecasts: readonly Forecast[], of: Panel): number {
  const { batch, calibration } = batchForecast(of);
  const scores = batch.combined[ensemble.options.combination];
  const { lower, upper } = batch.intervals[batch.method];
  let largest = 0;
  let published = 0;
  for (const [s, { symbol }] of of.symbols.entries()) {
    const forecast = forecasts.find((candidate) => candidate.symbol === symbol);
    if (forecast === undefined) expect(lower[s]).toBeNaN();
    else {
      published += 1;
      const dividend = of.dividends?.expected[(of.days.length - 1) * of.symbols.length + s] ?? 0;
      const centre = forecast.lastClose * Math.exp(batch.centre[s]!) - dividend;
      const expected = [lower[s]!, upper[s]!, centre, batch.scale[s]!, calibration.probability(scores[s]!)];
      const found = [forecast.lower, forecast.upper, forecast.centre, forecast.scale, forecast.probabilityUp];
      for (const [i, value] of expected.entries()) largest = Math.max(largest, Math.abs(found[i]! / value - 1));
    }
  }
  expect(forecasts).toHaveLength(published);
  return largest;
}

/** The panel with dividends of about one percent on one row in twenty, half of them expected. */
function withDividends(of: Panel): Panel {
  const yen = (row: number) => (row % 20 === 0 && of.close[row]! > 0 ? Math.round(0.01 * of.close[row]!) : 0);
  const next = (row: number) => (row % 40 === 20 ? yen(row + of.symbols.length) : 0);
  return {
    ...of,
    dividends: { paid: of.close.map((_, row) => yen(row)), expected: of.close.map((_, row) => next(row)) },
  };
}

describe('a forecaster', () => {
  it('says at each of many sessions what a batch over the whole panel says, and takes one session for each', {
    tags: ['long'],
  }, () => {
    const paying = withDividends(panel);
    const warm = new Forecaster(ensemble, panel.symbols);
    warm.take(slicePanel(paying, 0, trainedSessions));
    for (let sessions = trainedSessions + 1; sessions <= panel.days.length; sessions += 1) {
      warm.take(slicePanel(paying, sessions - 1, sessions));
      // What is wrong once stays in its state: it is compared at some sessions, and takes each of them.
      if (sessions % 5 !== 0) continue;
      const until = slicePanel(paying, 0, sessions);
      expect(warm.forecasts()).toEqual(forecastOnce(ensemble, until));
      expect(differenceFromBatch(warm.forecasts(), until)).toBeLessThan(1e-12);
    }
  });

  it('goes on from no session and from some as from the whole history', () => {
    const paying = withDividends(panel);
    const warm = new Forecaster(ensemble, panel.symbols);
    for (const [from, to] of [
      [0, 300],
      [300, 300],
      [300, 303],
    ] as const) {
      warm.take(slicePanel(paying, from, to));
      expect(warm.forecasts()).toEqual(forecastOnce(ensemble, slicePanel(paying, 0, to)));
    }
  });

  it('widens for results that are known the evening before, also where the plan came after the bars', () => {
    const known = slicePanel(panel, 0, 300);
    const warm = new Forecaster(ensemble, panel.symbols);
    const day = known.days.at(-1)!;
    const plan = { day: panel.days[300]!, minute: undefined, knownSince: 0 };
    const announced = panel.symbols.map((_, s) => (s === 0 ? [plan] : undefined));
    const none = slicePanel(panel, 300, 300);
    warm.take(known);
    const plain = warm.forecasts();
    warm.take(none, announced);
    const forecasts = warm.forecasts();
    expect(forecasts.slice(1)).toEqual(plain.slice(1));
    expect(forecasts[0]!.scale / plain[0]!.scale).toBeCloseTo(1.45, 12);
    warm.take(
      none,
      announced.map((own) => own?.map((one) => ({ ...one, knownSince: eveningInstant(day) + 1 }))),
    );
    expect(warm.forecasts()).toEqual(plain);
    // What it learned of the earnings date is the same, however often it was asked.
    warm.take(slicePanel(panel, 300, 301), announced);
    const cold = new Forecaster(ensemble, panel.symbols);
    cold.take(slicePanel(panel, 0, 301), announced);
    expect(warm.forecasts()).toEqual(cold.forecasts());
  });

  it('refuses bars that end before the training did', () => {
    expect(() => forecastOnce(ensemble, slicePanel(panel, 0, 200))).toThrow(/expected bars up to .* they end on/);
  });

  it('says that there are no bars where none were taken', () => {
    const { symbol } = panel.symbols[0]!;
    for (const ask of [(own: Forecaster) => own.forecasts(), (own: Forecaster) => own.importance(symbol)]) {
      expect(() => ask(new Forecaster(ensemble, panel.symbols))).toThrow(
        /^bars: expected bars up to .*; there are none$/,
      );
    }
  });

  it('explains the same in one go', () => {
    const forecaster = new Forecaster(ensemble, panel.symbols);
    const known = slicePanel(panel, 0, 300);
    forecaster.take(known);
    const { symbol } = forecaster.forecasts()[1]!;
    const explained = explainNextSession(ensemble, known, symbol);
    expect(explained).toEqual(forecaster.importance(symbol));
    expect(explained).toMatchObject({ symbols: forecaster.forecasts().length, demoted: false, forecast: { symbol } });
  });
});

describe('the hash of a panel', () => {
  const yen = new Float64Array(panel.close.length);
  const whole = { ...panel, dividends: { paid: yen, expected: yen }, members: new Uint8Array(panel.close.length) };
  const changed = <Column extends Float64Array | Uint8Array | Int32Array>(column: Column): Column => {
    const copy = column.slice() as Column;
    copy[17] = 5;
    return copy;
  };

  it('is the same for the same bars, and another for each number that differs', () => {
    const hash = panelHash(whole);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(panelHash(slicePanel(whole, 0, 330))).toBe(hash);
    const others = [
      { ...whole, days: changed(whole.days) },
      { ...whole, symbols: whole.symbols.toReversed() },
      { ...whole, members: changed(whole.members) },
      { ...whole, dividends: { paid: changed(yen), expected: yen } },
      { ...whole, dividends: { paid: yen, expected: changed(yen) } },
      ...(['open', 'high', 'low', 'close', 'volume'] as const).map((name) => ({
        ...whole,
        [name]: changed(whole[name]),
      })),
      { ...whole, dividends: undefined },
      panel,
    ];
    expect(new Set([hash, ...others.map(panelHash)]).size).toBe(1 + others.length);
  });
});
