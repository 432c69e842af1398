// @module-tag long
import {
  dateOfDayNumber,
  dayNumber,
  type InDayHorizon,
  instantOf,
  nextSession,
  priceLimitBand,
} from '@daytrade/market';
import { buildSessionPath, type Panel, slicePanel } from '@daytrade/series';
import { noiseIntradayBars, noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { eachJudged } from '../evaluation/judged-table.ts';
import { evaluateInDay, trainInDay, walkForwardInDay } from './in-day.ts';
import { knownAtHorizon } from './in-day-bars.ts';
import { buildInDayDataset } from './in-day-dataset.ts';
import { InDayForecaster } from './in-day-forecaster.ts';
import { type InDayModel, inDayOptions } from './in-day-model.ts';

const panel = noisePanel({ symbolCount: 6, sessionCount: 260, seed: 11, missingShare: 0.01 });
const bars = noiseIntradayBars(panel, 12);
const path = buildSessionPath(panel, bars, ['10:00', '14:00']);
const options = { minimumTrainingSessions: 60, warmUpSessions: 40, judgedSessions: 80, retrainEvery: 20 };
const horizons = ['close@open', 'close@10:00', 'close@14:00'] as const;

/** Results of every symbol but the first, some with a time of day. */
const announced = panel.symbols.map((_, s) =>
  s === 0
    ? undefined
    : Array.from(
        panel.days.filter((_, t) => t % 9 === s),
        (day) => {
          return { day, minute: s % 2 === 0 ? 13 * 60 : undefined, knownSince: 0 };
        },
      ),
);

function reportOf(horizon: InDayHorizon) {
  return evaluateInDay({ panel, path, announced }, horizon, options, () => 0);
}

describe('an evaluation within the day', () => {
  it('keeps the promise on noise, with intervals that narrow as the day goes on', () => {
    const reports = horizons.map((horizon) => reportOf(horizon).report);
    for (const { coverage, leakAlarm } of reports) {
      expect(coverage).toBeGreaterThan(0.88);
      expect(coverage).toBeLessThan(0.98);
      expect(leakAlarm).toBe(false);
    }
    const widths = reports.map(({ meanWidthBp }) => meanWidthBp);
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    expect(widths[2]).toBeLessThan(0.8 * widths[0]!);
  });

  it('knows the results that are out, and those that are expected', () => {
    const bucketsOf = (horizon: InDayHorizon) => {
      const buckets = reportOf(horizon).report.buckets!.filter(({ group }) => group === 'results');
      return Object.fromEntries(buckets.map(({ bucket, symbolDays }) => [bucket, symbolDays]));
    };
    const [morning, afternoon] = [bucketsOf('close@10:00'), bucketsOf('close@14:00')];
    expect(afternoon['in-session']).toBeLessThan(morning['in-session']!);
    expect(afternoon['after-last']).toBeGreaterThan(morning['after-last']!);
  });

  it('judges the session that it forecasts, from the price that was known', () => {
    const { report, judged } = reportOf('close@open');
    expect(report.to).toBe(dateOfDayNumber(panel.days.at(-1)!));
    expect(new Set(report.informationCoefficients.map(({ leg }) => leg))).toEqual(new Set(['rest-of-session']));
    // One member and three combinations, each with both correlations.
    expect(report.edgeBound.tests).toBe(8);
    for (const { symbol, session, lastClose, close } of eachJudged(judged)) {
      const row = panel.days.indexOf(dayNumber(session)) * 6 + panel.symbols.findIndex((own) => own.symbol === symbol);
      expect(lastClose).toBe(panel.open[row]);
      expect(close).toBe(Number.isNaN(panel.close[row]!) ? null : panel.close[row]);
    }
  });

  it('judges from prices that were traded, where 5-minute bars lack the opening auctions', () => {
    // Every other symbol opens above all its 5-minute bars.
    const high = panel.high.map((price, row) => price * (row % 2 ? 1.03 : 1));
    const auctions = { ...panel, high, open: panel.open.map((price, row) => (row % 2 ? high[row]! : price)) };
    const lacking = { panel: auctions, path: buildSessionPath(auctions, bars, ['10:00']) };
    const judged = [...eachJudged(evaluateInDay(lacking, 'close@10:00', options, () => 0).judged)];
    expect(judged.length).toBeGreaterThan(400);
    for (const { symbol, session, lastClose } of judged) {
      const own = bars[panel.symbols.findIndex((other) => other.symbol === symbol)]!;
      expect(lastClose).toBe(own.close[own.times.indexOf(instantOf(session, '09:55'))]);
    }
  });

  it('says what is needed where there are no 5-minute bars', () => {
    expect(() => evaluateInDay({ panel }, 'close@10:00', {}, () => 0)).toThrow(
      expect.objectContaining({ code: 'training.too-little-data', message: expect.stringContaining('5-minute bars') }),
    );
  });
});

describe('the rows within the day', () => {
  it('are the five columns of the regression from 09:15 on', () => {
    const names = ['level', 'range_so_far', 'size_of_gap', 'volatility_so_far', 'market_range_so_far'];
    expect(buildInDayDataset({ panel, path }, 'close@10:00').scaleColumns.names).toEqual(names);
  });

  it('are trained on up to the session before', () => {
    expect(inDayOptions('close@10:00', {}, 250)).toMatchObject({ embargo: 0, retrainEvery: 1 });
    const every = inDayOptions('close@10:00', { minimumTrainingSessions: 60 }, 500);
    expect(walkForwardInDay({ panel, path }, 'close@10:00', every).folds.length).toBeLessThanOrEqual(251);
  });
});

describe('the forecaster within the day', () => {
  it.each(horizons)('says of a running session what was judged: %s', (horizon) => {
    const { folds, dataset, predictions, range } = walkForwardInDay(
      { panel, path },
      horizon,
      inDayOptions(horizon, options, 80),
    );
    expect([dataset.sessions, predictions.centres.length, range.end]).toEqual([260, 1, 259]);
    const model: InDayModel = { trainedTo: panel.days.at(-1)!, horizons: { [horizon]: folds } };
    const judged = [...eachJudged(reportOf(horizon).judged)];
    for (const t of [200, 258]) {
      const known = slicePanel(panel, 0, t + 1);
      const session = dateOfDayNumber(panel.days[t + 1]!);
      const now = knownAtHorizon({ panel, path }, t + 1, horizon)!;
      const forecasts = new InDayForecaster(model, { panel: known, path, announced }).forecast(session, now, horizon);
      expect(forecasts.map(({ symbol, lower, upper }) => ({ symbol, lower, upper }))).toEqual(
        judged.filter((row) => row.session === session).map(({ symbol, lower, upper }) => ({ symbol, lower, upper })),
      );
    }
  });

  const model = trainInDay({ panel, path }, options, () => undefined);

  const session = nextSession(dateOfDayNumber(panel.days.at(-1)!));
  const running = (known: Panel, factor: number) => {
    const open = known.close.subarray(-6).map((close) => close * factor);
    const nothing = new Float64Array(6).fill(NaN);
    return { open, price: open, high: open, low: open, variance: nothing };
  };

  it('stays inside the limits around the close before, also after a gap', () => {
    const traded = { ...panel, symbols: panel.symbols.map((own) => ({ ...own, priceBasis: 'traded' as const })) };
    const forecaster = new InDayForecaster(model, { panel: traded, path });
    const forecasts = forecaster.forecast(session, running(panel, 1.15), 'close@open');
    expect(forecasts.length).toBeGreaterThan(4);
    for (const { previousClose, price, lower, upper, centre } of forecasts) {
      const band = priceLimitBand(previousClose, 'standard');
      expect(price).toBeCloseTo(1.15 * previousClose, 9);
      expect(upper).toBeLessThanOrEqual(band.upper);
      expect(lower).toBeLessThan(centre);
      expect(upper).toBeGreaterThan(centre);
    }
  });

  it('knows the horizons that it was trained for, and says so of another', () => {
    const forecaster = new InDayForecaster(model, { panel, path });
    expect(forecaster.horizons).toEqual(horizons);
    expect(() => forecaster.forecast(session, running(panel, 1), 'close@11:00')).toThrow(
      'the model does not know close@11:00, it knows close@open, close@10:00, close@14:00',
    );
  });

  it('refuses bars that do not end with the session before', () => {
    const forecaster = new InDayForecaster(model, { panel: slicePanel(panel, 0, 250), path });
    expect(() => forecaster.forecast(session, running(panel, 1), 'close@open')).toThrow(
      `expected daily bars up to ${dateOfDayNumber(panel.days.at(-1)!)}`,
    );
  });
});
