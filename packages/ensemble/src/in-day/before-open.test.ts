// @module-tag long
import { predict } from '@daytrade/learners';
import { dateOfDayNumber, dayNumber, type TradeDate } from '@daytrade/market';
import { computeFeatures, mapBars, type Panel, seededRandom, slicePanel, snapshotBeforeOpen } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { eachJudged } from '../evaluation/judged-table.ts';
import { fallColumns, narrowingBeyondBound } from '../members/scale-rules.ts';
import { fitHorizon, predictHorizon } from './fit-horizon.ts';
import { evaluateInDay, walkForwardInDay } from './in-day.ts';
import type { InDayBars } from './in-day-bars.ts';
import { buildInDayDataset } from './in-day-dataset.ts';
import { InDayForecaster } from './in-day-forecaster.ts';
import { inDayOptions } from './in-day-model.ts';

const symbols = 6;
const options = { minimumTrainingSessions: 60, warmUpSessions: 40, judgedSessions: 80, retrainEvery: 20 };
const random = seededRandom(5);
const noise = noisePanel({ symbolCount: symbols, sessionCount: 260, seed: 11, missingShare: 0.01 });
const overnight = Float64Array.from(noise.days, () => 0.06 * (random() - 0.5));
const panel = followingAmerica(noise, overnight);

/** The panel with what America did in each night before a session in all prices from that session on. */
function followingAmerica(before: Panel, nights: Float64Array): Panel {
  let level = 0;
  const levels = Float64Array.from(nights, (_, t) => {
    level += t === 0 ? 0 : nights[t - 1]!;
    return Math.exp(level);
  });
  const follow = (column: Float64Array) => column.map((price, row) => price * levels[Math.floor(row / symbols)]!);
  return { ...before, ...mapBars(before, follow), volume: before.volume };
}

function judgedAt(nights: Float64Array) {
  return evaluateInDay({ panel, overnight: nights }, 'close@08:30', options, () => 0);
}

const { report, judged } = judgedAt(overnight);

describe('the interval before the open', () => {
  it('is moved to where the session in America points', () => {
    const nightBefore = (session: TradeDate) => overnight[panel.days.indexOf(dayNumber(session)) - 1]!;
    const large = [...eachJudged(judged)].filter(({ session }) => Math.abs(nightBefore(session)) > 0.015);
    expect(large.length).toBeGreaterThan(100);
    const moved = large.map(
      ({ session, lower, upper, lastClose }) => Math.log(Math.sqrt(lower * upper) / lastClose) / nightBefore(session),
    );
    const mean = moved.reduce((sum, share) => sum + share, 0) / moved.length;
    expect(mean).toBeGreaterThan(0.5);
    expect(mean).toBeLessThan(1.2);
  });

  it('keeps the promise, and is sharper than one that knows other nights', () => {
    const others = judgedAt(overnight.map((_, t) => overnight[(t * 7 + 3) % overnight.length]!)).report;
    expect(report.coverage).toBeGreaterThan(0.88);
    expect(report.winklerBp).toBeLessThan(0.85 * others.winklerBp);
  });
});

describe('the forecaster before the open', () => {
  it('says of a running session what was judged', () => {
    const horizon = 'close@08:30';
    const { folds } = walkForwardInDay({ panel, overnight }, horizon, inDayOptions(horizon, options, 80));
    const model = { trainedTo: panel.days.at(-1)!, horizons: { [horizon]: folds } };
    const t = 240;
    const known = { panel: slicePanel(panel, 0, t + 1), overnight: overnight.subarray(0, t + 1) };
    const session = dateOfDayNumber(panel.days[t + 1]!);
    const forecasts = new InDayForecaster(model, known).forecast(session, snapshotBeforeOpen(symbols), horizon);
    const rows = [...eachJudged(judged)].filter((row) => row.session === session);
    expect(forecasts.length).toBeGreaterThan(3);
    expect(forecasts.map(({ symbol, lower, upper }) => ({ symbol, lower, upper }))).toEqual(
      rows.map(({ symbol, lower, upper }) => ({ symbol, lower, upper })),
    );
  });
});

describe('the VIX before the open', () => {
  // It moves against America, and with it the panel.
  const vix = Float64Array.from(overnight.keys(), (t) => 20 * Math.exp(-3 * overnight[t]! + 0.02 * (t % 3)));
  const evaluated = (bars: InDayBars) => eachOf(evaluateInDay(bars, 'close@08:30', options, () => 0).judged);
  const eachOf = (judgedThen: typeof judged) => [...eachJudged(judgedThen)];

  it('moves the forecast where it is known, and nothing where it is not', () => {
    const without = eachOf(judged);
    expect(evaluated({ panel, overnight, vix: vix.map(() => NaN) })).toEqual(without);
    expect(evaluated({ panel, overnight, vix })).not.toEqual(without);
  });

  it('is made up for by its training mean on a morning without it', () => {
    const known = buildInDayDataset({ panel, overnight, vix }, 'close@08:30');
    const rows = Int32Array.from({ length: 150 * symbols }, (_, i) => 60 * symbols + i).filter((row) =>
      Number.isFinite(known.label[row]! / known.scale[row]!),
    );
    const coefficients = fitHorizon(known, rows, 'each symbol');
    const morning = buildInDayDataset({ panel, overnight }, 'close@08:30');
    const { centres, scaleFactor } = predictHorizon(coefficients, morning.scaleColumns, morning.centreColumns, rows);
    expect([...centres[0]!, ...scaleFactor].every(Number.isFinite)).toBe(true);
  });
});

describe('the scale before the open', () => {
  const dataset = buildInDayDataset({ panel, overnight }, 'close@08:30');
  const rows = Int32Array.from({ length: 150 * symbols }, (_, i) => 60 * symbols + i).filter((row) =>
    Number.isFinite(dataset.label[row]! / dataset.scale[row]!),
  );
  const coefficients = fitHorizon(dataset, rows, 'each symbol');
  const { names, rows: height, values } = dataset.scaleColumns;

  /** The columns with other numbers in some of them. */
  function withColumns(numbers: Readonly<Record<string, number>>) {
    const changed = values.slice();
    for (const [name, value] of Object.entries(numbers)) {
      const from = names.indexOf(name) * height;
      changed.fill(value, from, from + height);
    }
    return { names, rows: height, values: changed };
  }

  it('knows how the market moved before', () => {
    for (const name of fallColumns) expect(names).toContain(name);
    const t = 200;
    const row = computeFeatures(slicePanel(panel, 0, t + 1), { names: ['market_variance_97'] }).values.at(-1);
    expect(values[names.indexOf('market_variance_97') * height + t * symbols + symbols - 1]).toBe(row);
  });

  it('is widened by a quarter after a fall of the market out of calm', () => {
    const fallen = { market_return_1: -0.04, market_variance_97: -9, market_variance_80: -7 };
    for (const [numbers, widening] of [
      [fallen, 1.25],
      [{ ...fallen, market_variance_80: -9 }, 1],
    ] as const) {
      const columns = withColumns(numbers);
      const { scaleFactor, quantiles, centres } = predictHorizon(coefficients, columns, dataset.centreColumns, rows);
      const { ends, bounds } = coefficients;
      const raised = narrowingBeyondBound(coefficients.scale, columns, rows);
      const learned = predict(coefficients.scale, columns, { rows }).map((log, i) =>
        Math.min(bounds.most, Math.max(bounds.least, Math.exp(log + raised[i]!))),
      );
      const [i, middle] = [7, centres[0]![7]! / scaleFactor[7]!];
      expect(scaleFactor[i]).toBeCloseTo(widening * learned[i]!, 9);
      expect(quantiles.lower[i]! - middle).toBeCloseTo(ends.lower, 9);
      expect(quantiles.upper[i]! - middle).toBeCloseTo(ends.upper, 9);
    }
  });
});
