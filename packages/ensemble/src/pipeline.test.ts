import { dateOfDayNumber, dayNumber, parseSymbol } from '@daytrade/market';
import { mapBars, type Panel, slicePanel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildDataset, trainableRows } from './dataset.ts';
import { serialiseEnsemble } from './ensemble-file.ts';
import { type EvaluationResult, evaluateEnsemble } from './evaluate-ensemble.ts';
import { eachJudged } from './evaluation/judged-table.ts';
import type { JudgedForecast } from './evaluation/report.ts';
import { ensembleTasks } from './execute-task.ts';
import { byMethod } from './intervals/method-choice.ts';
import type { EnsembleOptions } from './options.ts';
import type { RunTask } from './run-task.ts';
import { forecastOnce } from './serving/forecast-once.fixture.ts';
import { formulaHashes } from './serving/session-rows.ts';
import { inlineRun } from './small-training.fixture.ts';
import { fewestTrainingSessions, type TrainingResult, trainEnsemble } from './train-ensemble.ts';

/** Small enough for a test, with every part of the real thing. */
const small: EnsembleOptions = {
  seed: 5,
  retrainEvery: 50,
  judgedSessions: 80,
  warmUpSessions: 70,
  minimumTrainingSessions: 100,
  members: [
    {
      name: 'boosting-leaf-wise',
      kind: 'trees',
      grower: 'leaf-wise',
      settings: { trees: 5, minimumRowsPerLeaf: 50, rowSample: 0.5 },
    },
    { name: 'random-forest', kind: 'trees', grower: 'forest', settings: { trees: 3, minimumRowsPerLeaf: 50 } },
    { name: 'ridge', kind: 'ridge', l2: 100 },
  ],
};

const panel = noisePanel({ symbolCount: 6, sessionCount: 300, seed: 21, missingShare: 0.01 });

/** What a forecast said, without what happened. */
function said({ symbol, session, lastClose, centre, lower, upper, probabilityUp }: JudgedForecast): unknown {
  return { symbol, session, lastClose, centre, lower, upper, probabilityUp };
}

/** The panel with every bar from session `t` on moved. */
function changeFrom(original: Panel, t: number, factor: number): Panel {
  const change = (column: Float64Array) =>
    column.map((value, i) => (i < t * original.symbols.length ? value : value * factor ** (1 + (i % 3))));
  return { ...original, ...mapBars(original, change) };
}

let trained: TrainingResult;
let evaluated: EvaluationResult;
/** The progress that was reported while it was evaluated, on a clock that is read after each part. */
const reported: (readonly (string | number | undefined)[])[] = [];
beforeAll(async () => {
  trained = await trainEnsemble(panel, small, inlineRun);
  const times = [1000, 5000, 14_000, 21_000];
  evaluated = await evaluateEnsemble(panel, small, {
    ...inlineRun,
    progress: (...told) => reported.push(told),
    now: () => times.shift()!,
  });
});

describe('training on noise', () => {
  it('judges the newest sessions out of sample and in time order', () => {
    const { report } = trained;
    const judged = [...eachJudged(trained.judged)];
    expect(report.days).toBe(80);
    expect(report.symbols).toBe(6);
    expect(judged.length).toBe(report.symbolDays + report.halted);
    expect(report.halted).toBeGreaterThan(0);
    expect(judged.filter(({ close }) => close === null).length).toBe(report.halted);
    expect(judged.map(({ session }) => session)).toEqual(judged.map(({ session }) => session).toSorted());
  });

  it('keeps its promise about coverage and finds no direction', () => {
    const { coverage, coverageInterval, hitRate, leakAlarm } = trained.report;
    expect(Math.abs(coverage - 0.93)).toBeLessThan(0.04);
    expect(coverageInterval.low).toBeLessThan(0.93);
    expect(hitRate.low).toBeLessThan(0.5);
    expect(hitRate.high).toBeGreaterThan(0.5);
    expect(leakAlarm).toBe(false);
  });

  it('reports what the judged forecasts say', () => {
    const { report } = trained;
    const judged = [...eachJudged(trained.judged)];
    const scored = judged.filter(({ inside }) => inside !== null);
    expect(report.coverage).toBeCloseTo(scored.filter(({ inside }) => inside).length / scored.length, 12);
    const widths = scored.map(({ lower, upper }) => 1e4 * Math.log(upper / lower));
    expect(report.meanWidthBp).toBeCloseTo(widths.reduce((a, b) => a + b) / widths.length, 6);
    const moved = scored.filter(({ close, lastClose }) => close !== lastClose);
    const hits = moved.filter(({ probabilityUp, close, lastClose }) => probabilityUp >= 0.5 === close! > lastClose);
    expect(report.hitRate.value).toBeCloseTo(hits.length / moved.length, 12);
    expect(report.models.map(({ name }) => name)).toEqual([
      'boosting-leaf-wise',
      'random-forest',
      'ridge',
      'voting',
      'weighted',
      'stacking',
    ]);
  });

  it('compares every interval method on the same symbol-days, the published one among them', () => {
    const { intervalMethods, intervalMethod, coverage, winklerBp } = trained.report;
    const figures = new Map(intervalMethods.map((method) => [method.name, method]));
    expect([...figures.keys()]).toEqual([
      'random-walk',
      'rolling-quantile',
      'ewma-normal',
      'ewma-split',
      'har',
      'ensemble-split',
      'ensemble-quantile',
      'ensemble-regime',
      'published',
    ]);
    expect(figures.get('published')).toMatchObject({
      coverage,
      winklerBp,
      rollingCoverage250: { min: null, max: null },
    });
    // With fewer than 250 sessions no method was demoted.
    expect(figures.get(intervalMethod)).toMatchObject({ coverage, winklerBp });
    for (const { name, coverage: share } of intervalMethods.filter((method) => method.name.startsWith('ensemble'))) {
      expect(Math.abs(share - 0.93), name).toBeLessThan(0.05);
    }
  });
});

describe('no look-ahead', () => {
  // A new training predicts from session 249 on.
  it.each([225, 248, 249, 251, 298])(
    'changing bars after session %i changes no forecast made there or before',
    async (t) => {
      const changed = await evaluateEnsemble(changeFrom(panel, t + 1, 1.3), small, inlineRun);
      const known = [...eachJudged(evaluated.judged)].filter(({ session }) => dayNumber(session) <= panel.days[t + 1]!);
      expect(known.length).toBeGreaterThan(0);
      const judgedAfter = [...eachJudged(changed.judged)];
      expect(judgedAfter.slice(0, known.length).map(said)).toEqual(known.map(said));
    },
  );
});

describe('an evaluation of the days between two', () => {
  const from = dateOfDayNumber(panel.days[225]!);
  const to = dateOfDayNumber(panel.days[264]!);

  it('is the one that could have been made on the evening of the last day', { tags: ['long'] }, async () => {
    const stretch = await evaluateEnsemble(panel, { ...small, from, to }, inlineRun);
    const then = await evaluateEnsemble(slicePanel(panel, 0, 265), { ...small, judgedSessions: 40 }, inlineRun);
    expect(stretch.report).toEqual(then.report);
    expect(stretch.report).toMatchObject({ from, to, days: 40, daysAsked: 40, endedSymbols: 0 });
    expect(stretch.report.skillByYear.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(40);
    for (const { winklerRandomWalkBp, winklerEwmaBp, ic } of stretch.report.series) {
      expect(winklerRandomWalkBp! > 0 && winklerEwmaBp! > 0 && Math.abs(ic!) <= 1).toBe(true);
    }
  });
});

describe('the same seed and data', () => {
  it('give the same bytes in other threads, whatever the order in which tasks end', { tags: ['long'] }, async () => {
    const reversed = await trainEnsemble(panel, small, { ...inlineRun, runTask: reversingTasks() });
    expect(serialiseEnsemble(reversed.ensemble)).toEqual(serialiseEnsemble(trained.ensemble));
    expect(reversed.judged).toEqual(trained.judged);
    expect(reversed.report).toEqual(trained.report);
  });

  /**
   * Ends tasks that wait together in the reverse of their order, each on a copy of its input as a thread would get it.
   */
  function reversingTasks(): RunTask {
    const waiting: (() => void)[] = [];
    return async (name, input) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        setImmediate(() => waiting.pop()!());
      });
      return structuredClone(ensembleTasks[name](structuredClone(input)));
    };
  }
});

describe('forecasts of a trained ensemble', () => {
  it('are one a symbol with a bar, for the session after the newest', () => {
    const forecasts = forecastOnce(trained.ensemble, panel);
    const withBar = panel.symbols.filter((_, s) => Number.isFinite(panel.close[299 * 6 + s]!));
    expect(forecasts.map(({ symbol }) => symbol)).toEqual(withBar.map(({ symbol }) => symbol));
    for (const { lower, centre, upper, probabilityUp, session, lastSession } of forecasts) {
      expect(lower < centre && centre < upper && session > lastSession).toBe(true);
      expect(probabilityUp > 0 && probabilityUp < 1).toBe(true);
    }
  });

  it('fall back to the EWMA conformal interval when every method broke the objective over 250 sessions', () => {
    const sessions = (value: number) => new Float64Array(250).fill(value);
    const records = byMethod(() => ({ inside: sessions(5), judged: sessions(6) }));
    const { state } = trained.ensemble;
    const demoted = { ...trained.ensemble, state: { ...state, choice: { records } } };
    for (const { intervalMethod, centre, lastClose } of forecastOnce(demoted, panel)) {
      expect(intervalMethod).toBe('har');
      expect(centre).toBe(lastClose);
    }
    expect(forecastOnce(trained.ensemble, panel)[0]!.intervalMethod).toBe('ensemble-regime');
  });

  it('borrow the scores of all symbols for one that the training did not know', () => {
    const [first, ...others] = panel.symbols;
    const renamed = { ...panel, symbols: [{ ...first!, symbol: parseSymbol('9999') }, ...others] };
    const forecasts = forecastOnce(trained.ensemble, renamed);
    expect(forecasts[0]).toMatchObject({ symbol: '9999' });
    expect(forecasts[0]!.upper / forecasts[0]!.lower).toBeLessThan(1.3);
  });
});

describe('a run', () => {
  it('reports the stage, and the share of the work that is done; a training costs its sessions and 50 more', () => {
    // Trainings on 143, 193 and 243 sessions, the largest first.
    const trained = (cost: number) => expect.closeTo(0.04 + (0.91 * cost) / (193 + 243 + 293), 12);
    expect(reported).toEqual([
      ['features', 0],
      ['training', 0.04],
      ['training', trained(293), '1 of 3 trainings'],
      ['training', trained(293 + 243), '2 of 3 trainings'],
      ['training', expect.closeTo(0.95, 12), '3 of 3 trainings'],
      ['intervals', 0.95],
      ['intervals', 1],
    ]);
  });

  it('says how long each part took', () => {
    expect(evaluated.report.seconds).toEqual({ total: 20, features: 4, training: 9, intervals: 7 });
  });

  it('leaves in a trained ensemble what it was trained with and on', () => {
    const { ensemble } = trained;
    const { options, models: _, state: _state, calibration, ...facts } = ensemble;
    expect(options).toEqual({ ...small, embargo: 5, combination: 'voting', method: undefined });
    const symbols = panel.symbols.map(({ symbol }) => symbol);
    const [trainedFrom, trainedTo] = [panel.days[0], panel.days.at(-1)];
    const dataset = buildDataset(panel);
    expect(facts).toEqual({
      trainedFrom,
      trainedTo,
      rows: trainableRows(dataset, 0, 300).length,
      symbols,
      features: dataset.names,
      formulas: formulaHashes(dataset.names),
    });
    expect(calibration).toMatchObject({ sessions: 150 });
    // By default a training is made every hundred sessions, and 250 are judged.
    expect(fewestTrainingSessions).toBe(20 + 250 + 5 + 1 + 40 + 1);
  });

  it('names the formulas of the features of the platform alone', async () => {
    const own = [{ name: 'own_level', values: panel.close.map((price) => price / 1000) }];
    const brief = { ...small, judgedSessions: 20, warmUpSessions: 20, members: small.members!.slice(2) };
    const { features, formulas } = (await trainEnsemble({ ...panel, own }, brief, inlineRun)).ensemble;
    expect(features.at(-1)).toBe('own_level');
    expect(formulas).toHaveLength(features.length - 1);
    expect(formulas).toEqual(trained.ensemble.formulas);
  });

  it('stops with run.cancelled when it is asked to', async () => {
    const controller = new AbortController();
    const progress = (stage: string) => stage === 'training' && controller.abort();
    const run = { ...inlineRun, progress, signal: controller.signal };
    await expect(evaluateEnsemble(panel, small, run)).rejects.toMatchObject({ code: 'run.cancelled' });
  });

  it('refuses too few sessions with the numbers', async () => {
    const short = evaluateEnsemble(slicePanel(panel, 0, 120), small, inlineRun);
    await expect(short).rejects.toMatchObject({
      code: 'training.too-little-data',
      message: expect.stringContaining('120 sessions, at least 165 are needed') as string,
    });
    const enough = await evaluateEnsemble(slicePanel(panel, 0, 165), small, inlineRun);
    expect(enough.report.days).toBeGreaterThanOrEqual(20);
  });
});

describe('bars that are hard to learn from', () => {
  /** The panel with the bars of one symbol, and of it the sessions that are named, made by a function of the close. */
  function withSymbol(symbol: number, close: (t: number, before: number) => number, volume?: number): Panel {
    const bars = mapBars(panel, (column) => column.slice());
    for (let t = 0; t < panel.days.length; t += 1) {
      const row = t * 6 + symbol;
      const price = close(t, panel.close[row]!);
      for (const column of [bars.open, bars.high, bars.low, bars.close]) column[row] = price;
      if (volume !== undefined) bars.volume[row] = volume;
    }
    return { ...panel, ...bars };
  }

  /** With half the trainings of its walk-forward. */
  const brief: EnsembleOptions = { ...small, judgedSessions: 40, warmUpSessions: 40 };

  const cases: readonly (readonly [string, Panel])[] = [
    ['a symbol that never moved, without volume: constant columns', withSymbol(2, () => 1000, 0)],
    ['a symbol that rose at every session: one class', withSymbol(2, (t) => 500 * 1.001 ** t)],
    ['infinite prices', withSymbol(2, (t, before) => (t % 50 === 7 ? Infinity : before))],
    ['a company that was listed twenty sessions ago', withSymbol(2, (t, before) => (t < 280 ? NaN : before))],
    ['a symbol without a bar for most of the time', withSymbol(2, (t, before) => (t % 10 === 0 ? before : NaN))],
  ];

  it.each(cases)(
    '%s: everything that is published is a number, and the others are predicted as ever',
    { tags: ['long'] },
    async (_, hard) => {
      const { ensemble, report, judged } = await trainEnsemble(hard, brief, inlineRun);
      const forecasts = forecastOnce(ensemble, hard);
      const numbers = [...forecasts, ...eachJudged(judged)].flatMap((one) => [
        one.lower,
        one.centre,
        one.upper,
        one.probabilityUp,
      ]);
      expect(numbers.filter((value) => !(value > 0 && Number.isFinite(value)))).toEqual([]);
      const others = forecastOnce(trained.ensemble, panel).map(({ symbol }) => symbol);
      const hardSymbol = panel.symbols[2]!.symbol;
      expect(forecasts.map(({ symbol }) => symbol).filter((symbol) => symbol !== hardSymbol)).toEqual(
        others.filter((symbol) => symbol !== hardSymbol),
      );
      const headline = [report.coverage, report.winklerBp, report.hitRate.value, report.ic, report.auc, report.brier];
      expect(headline.every(Number.isFinite)).toBe(true);
    },
  );

  it.each([0, -1])('prices of %i are refused', async (price) => {
    const hard = withSymbol(2, (t, before) => (t === 290 ? price : before));
    await expect(trainEnsemble(hard, brief, inlineRun)).rejects.toMatchObject({
      code: 'market.price-invalid',
    });
  });
});
