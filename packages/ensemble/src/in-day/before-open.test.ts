import { dateOfDayNumber, dayNumber, type TradeDate } from '@daytrade/market';
import { noisePanel, type Panel, seededRandom, slicePanel, soFarBeforeOpen } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { eachJudged } from '../evaluation/judged-forecasts.ts';
import { evaluateInDay } from './evaluate-in-day.ts';
import { fitHorizon, predictHorizon } from './fit-horizon.ts';
import { buildInDayDataset } from './in-day-dataset.ts';
import { InDayForecaster } from './in-day-forecaster.ts';
import { inDayOptions } from './in-day-options.ts';
import { walkForwardInDay } from './walk-forward-in-day.ts';

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
  return {
    ...before,
    open: follow(before.open),
    high: follow(before.high),
    low: follow(before.low),
    close: follow(before.close),
  };
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
    const forecasts = new InDayForecaster(model, known).forecast(session, soFarBeforeOpen(symbols), horizon);
    const rows = [...eachJudged(judged)].filter((row) => row.session === session);
    expect(forecasts.length).toBeGreaterThan(3);
    expect(forecasts.map(({ symbol, lower, upper }) => ({ symbol, lower, upper }))).toEqual(
      rows.map(({ symbol, lower, upper }) => ({ symbol, lower, upper })),
    );
  });
});

describe('the scale before the open', () => {
  const dataset = buildInDayDataset({ panel, overnight }, 'close@08:30');
  const rows = Int32Array.from({ length: 150 * symbols }, (_, i) => 60 * symbols + i).filter((row) =>
    Number.isFinite(dataset.label[row]! / dataset.scale[row]!),
  );
  const { names, rows: height, values } = dataset.scaleColumns;
  const withWidening = (widening: number) => ({
    names,
    rows: height,
    values: values.slice().fill(widening, (names.length - 1) * height),
  });

  it('is widened by a fall of the market, which nothing is learned of', () => {
    expect(names.at(-1)).toBe('market_widening');
    const usual = fitHorizon(dataset, rows, 'each symbol');
    const fallen = fitHorizon({ ...dataset, scaleColumns: withWidening(1.5) }, rows, 'each symbol');
    expect(fallen).toEqual(usual);
    const factors = (widening: number) =>
      predictHorizon(usual, withWidening(widening), dataset.centreColumns, rows).scaleFactor;
    const calm = factors(1);
    expect(factors(1.5)).toEqual(calm.map((factor) => 1.5 * factor));
  });
});
