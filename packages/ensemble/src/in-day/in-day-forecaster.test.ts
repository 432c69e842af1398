import { dateOfDayNumber, dayNumber, nextSession, parseTradeDate } from '@daytrade/market';
import { buildSessionPath, seededRandom, slicePanel, snapshotBeforeOpen } from '@daytrade/series';
import { noiseIntradayBars, noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { eachJudged } from '../evaluation/judged-table.ts';
import { evaluateInDay, trainInDay, walkForwardInDay } from './in-day.ts';
import { type InDayBars, knownAtHorizon } from './in-day-bars.ts';
import { InDayForecaster } from './in-day-forecaster.ts';
import { inDayOptions } from './in-day-model.ts';

const [symbols, sessions] = [4, 140];
const panel = noisePanel({ symbolCount: symbols, sessionCount: sessions, seed: 11, missingShare: 0.01 });
const path = buildSessionPath(panel, noiseIntradayBars(panel, 12), ['10:00']);
const random = seededRandom(5);
const overnight = Float64Array.from(panel.days, () => 0.06 * (random() - 0.5));
const vix = Float64Array.from(panel.days, () => 20 + 4 * random());
/** Results of every symbol but the first, so that the class of a session matters. */
const announced = panel.symbols.map((_, s) =>
  s === 0
    ? undefined
    : Array.from(panel.days)
        .filter((_day, t) => t % 5 === s)
        .map((day) => ({ day, minute: s % 2 === 0 ? 13 * 60 : undefined, knownSince: 0 })),
);
const bars: InDayBars = { panel, path, overnight, vix, announced };
const options = { minimumTrainingSessions: 60, warmUpSessions: 20, judgedSessions: 30, retrainEvery: 15, embargo: 0 };
const horizons = ['close@08:30', 'close@open', 'close@10:00'] as const;
const session = (t: number) => dateOfDayNumber(panel.days[t]!);

/** The bars as they were when session `t` had ended, and the night after it. */
function barsUntil(t: number): InDayBars {
  return {
    panel: slicePanel(panel, 0, t + 1),
    path,
    overnight: overnight.subarray(0, t + 1),
    vix: vix.subarray(0, t + 1),
    announced,
  };
}

/** The evaluation of a horizon on a clock that goes on by some seconds each time it is read. */
function evaluate(horizon: (typeof horizons)[number]) {
  const times = [10_000, 13_000, 18_000];
  return evaluateInDay(bars, horizon, options, () => times.shift()!);
}

const evaluated = new Map(horizons.map((horizon) => [horizon, evaluate(horizon)]));
const walked = new Map(
  horizons.map((horizon) => [horizon, walkForwardInDay(bars, horizon, inDayOptions(horizon, options, 30))]),
);
const modelOf = (horizon: (typeof horizons)[number]) => {
  return { trainedTo: panel.days.at(-1)!, horizons: { [horizon]: walked.get(horizon)!.folds } };
};

describe('a forecast within the day', () => {
  it.each(horizons)('is the one that was judged, whatever is said later: %s', (horizon) => {
    const judged = [...eachJudged(evaluated.get(horizon)!.judged)];
    expect(judged.length).toBeGreaterThan(29 * 3);
    // A new training predicts session 120 and those after it; session 122 is a Monday.
    for (const t of [118, 119, 121]) {
      const forecaster = new InDayForecaster(modelOf(horizon), barsUntil(t));
      const now = knownAtHorizon(bars, t + 1, horizon)!;
      const forecasts = forecaster.forecast(session(t + 1), now, horizon);
      const rows = judged.filter((row) => row.session === session(t + 1));
      expect(rows.length).toBeGreaterThan(2);
      expect(forecasts).toEqual(
        rows.map(({ symbol, lower, upper, centre, lastClose }) => {
          const s = panel.symbols.findIndex((own) => own.symbol === symbol);
          const closes = Array.from({ length: t + 1 }, (_, i) => panel.close[i * symbols + s]!);
          return {
            symbol,
            session: session(t + 1),
            horizon,
            price: lastClose,
            previousClose: closes.findLast((close) => close > 0),
            centre: expect.closeTo(centre, 9),
            lower,
            upper,
            intervalMethod: horizon === 'close@10:00' ? 'ensemble-split' : 'ensemble-regime',
          };
        }),
      );
      // The past is gone through once, and asking again changes nothing.
      expect(forecaster.forecast(session(t + 1), now, horizon)).toEqual(forecasts);
    }
  });

  it('knows the results that are announced now where these are named', () => {
    const horizon = 'close@open';
    const forecaster = new InDayForecaster(modelOf(horizon), bars);
    const next = nextSession(session(139));
    const open = panel.close.slice(-symbols);
    const now = { ...snapshotBeforeOpen(symbols), open, price: open };
    const plan = { day: dayNumber(next), minute: undefined, knownSince: 0 };
    const widths = ([plans]: [(typeof plan)[] | undefined]) =>
      forecaster.forecast(next, now, horizon, [plans, plans, plans, plans]).map(({ lower, upper }) => upper / lower);
    const plain = widths([undefined]);
    expect(plain).toHaveLength(symbols);
    for (const [i, width] of widths([[plan]]).entries()) expect(width).toBeGreaterThan(plain[i]!);
  });
});

describe('a training within the day', () => {
  it('trains every horizon that has bars enough, and tells what share of the cost is done before each', () => {
    const told: [string, number][] = [];
    const model = trainInDay(bars, options, (done, horizon) => told.push([horizon, done]));
    expect(Object.keys(model.horizons)).toEqual(horizons);
    expect(model.trainedTo).toBe(panel.days[139]);
    // Daily bars cost 15 times what one of the 21 times with 5-minute bars does.
    expect(told.slice(0, 4)).toEqual([
      ['close@08:30', 0],
      ['close@open', 15 / 51],
      ['close@09:15', 30 / 51],
      ['close@09:30', 31 / 51],
    ]);
    expect(told.at(-1)).toEqual(['close@15:15', 50 / 51]);
    expect(new InDayForecaster(model, bars).horizons).toEqual(horizons);
  });

  it('trains the open alone on daily bars alone, and nothing on few of them', () => {
    const told: number[] = [];
    expect(Object.keys(trainInDay({ panel }, options, (done) => told.push(done)).horizons)).toEqual(['close@open']);
    expect(told.slice(0, 3)).toEqual([0, 0.5, 1]);
    expect(trainInDay({ panel: slicePanel(panel, 0, 100) }, options, () => undefined).horizons).toEqual({});
  });

  it.each(horizons)('forecasts each session by the training before it, the next one by all sessions: %s', (horizon) => {
    const { folds, range, dataset, predictions } = walked.get(horizon)!;
    expect(range).toEqual({ first: 89, judgedFrom: 109, end: 139 });
    const froms = [90, 105, 120, 135].map((t) => panel.days[t]!);
    expect(folds.map(({ from }) => from)).toEqual([...froms, dayNumber(nextSession(session(139)))]);
    expect([dataset.symbols, dataset.sessions, predictions.centres.length]).toEqual([symbols, sessions, 1]);
    const predicted = Array.from(predictions.har.keys()).filter((row) => predictions.har[row] === 1);
    const known = Array.from(dataset.close.keys()).filter(
      (row) => row >= 89 * symbols && dataset.close[row]! * dataset.scale[row]! > 0,
    );
    expect(predicted).toEqual(known);
    expect(known.length).toBeGreaterThan(49 * symbols);
  });

  it('trains at most 250 times', () => {
    const long = noisePanel({ symbolCount: 4, sessionCount: 340, seed: 3 });
    // Members of its first sessions alone, so that a training is quick.
    const members = Uint8Array.from(long.close, (_, row) => (row < 80 * 4 ? 1 : 0));
    const asked = { minimumTrainingSessions: 60, warmUpSessions: 20, retrainEvery: 1, embargo: 0, judgedSessions: 231 };
    const every = inDayOptions('close@open', asked, 0);
    const { folds, range } = walkForwardInDay({ panel: { ...long, members } }, 'close@open', every);
    expect(range.end - range.first).toBe(251);
    expect(folds).toHaveLength(126 + 1);
  });
});

describe('an evaluation within the day', () => {
  it.each(horizons)('judges the newest sessions, and says how long each part took: %s', (horizon) => {
    const { report } = evaluated.get(horizon)!;
    expect(report).toMatchObject({
      from: session(110),
      to: session(139),
      days: 30,
      daysAsked: 30,
      symbols,
      endedSymbols: 0,
      seconds: { total: 8, features: 0, training: 3, intervals: 5 },
    });
  });

  it('judges the sessions between two days, and counts the symbols that ended after them', () => {
    const close = panel.close.map((price, row) => (row % symbols === 1 && row >= 134 * symbols ? NaN : price));
    const { report } = evaluateInDay(
      { ...bars, panel: { ...panel, close } },
      'close@open',
      { ...options, from: session(110), to: session(129) },
      () => 0,
    );
    expect(report).toMatchObject({ from: session(110), to: session(129), days: 20, endedSymbols: 1 });
  });

  it.each([
    ['close@08:30', { panel, path }, 'close@08:30 needs the sessions in America, and there are none'],
    ['close@10:00', { panel, overnight }, 'close@10:00 needs 5-minute bars, and there are none'],
  ] as const)('says what a horizon needs: %s', (horizon, some, message) => {
    expect(() => evaluateInDay(some, horizon, {}, () => 0)).toThrow(
      expect.objectContaining({ code: 'training.too-little-data', message }),
    );
  });

  it('says how many sessions there are where a horizon was never known', () => {
    const unknown = { panel, overnight: overnight.map(() => NaN) };
    expect(() => evaluateInDay(unknown, 'close@08:30', options, () => 0)).toThrow(
      expect.objectContaining({ code: 'training.too-little-data', message: expect.stringContaining('20 sessions') }),
    );
  });
});

describe('what a forecaster within the day refuses', () => {
  const model = { trainedTo: panel.days.at(-1)!, horizons: {} };
  const now = snapshotBeforeOpen(symbols);

  it('is a horizon that it was not trained for', () => {
    const forecaster = new InDayForecaster(model, bars);
    expect(forecaster.horizons).toEqual([]);
    expect(() => forecaster.forecast(nextSession(session(139)), now, 'close@11:00')).toThrow(
      'horizon: the model does not know close@11:00, it knows none; ' +
        'train again, with 5-minute bars of two months for the times after the open',
    );
  });

  it.each([
    ['a session before', session(139), sessions, `up to ${session(138)}, they end on ${session(139)}`],
    ['a session after', nextSession(nextSession(session(139))), sessions, `they end on ${session(139)}`],
    ['any session without bars', parseTradeDate('2024-06-04'), 0, 'up to 2024-06-03, there are none'],
  ])('is %s the one that follows the bars', (_, asked, count, message) => {
    const forecaster = new InDayForecaster(model, { panel: slicePanel(panel, 0, count) });
    expect(() => forecaster.forecast(asked, now, 'close@open')).toThrow(message);
  });
});
