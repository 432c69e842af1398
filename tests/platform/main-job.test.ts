import {
  type Evaluation,
  evaluationSchema,
  fetchResultSchema,
  type Prediction,
  predictionListSchema,
  predictionSchema,
  quarantineListSchema,
} from '@daytrade/contracts';
import { nextSession, parseTradeDate } from '@daytrade/market';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { Installation } from '../support/installation.ts';
import { countRows, hasRealBars, needsRealBars, someRealBars } from '../support/real-bars.ts';
import { stopEverything } from '../support/running-process.ts';
import { sized } from './sized.ts';

const symbols = sized({ enough: 20, whole: 60 });
/** A line of progress that says how much is left: `train  ███░░  41 %  25 s left  …`. */
const progressWithRemainingTime = /\d+ % {2}.+ left/;

afterAll(stopEverything);

describe.skipIf(!hasRealBars)(`the main job on real bars${needsRealBars}`, () => {
  const installation = new Installation('main-job');
  const folder = hasRealBars ? someRealBars('daily-2021-2025-adjusted', symbols) : '';
  beforeAll(() => installation.begin());

  describe('import', () => {
    it(`reads ${symbols} symbols, about ${symbols * 1090} bars`, async () => {
      const result = await installation.read(fetchResultSchema, 'import', folder);
      expect(result).toMatchObject({ files: symbols, symbols, filesRefused: [], synthetic: false });
      expect(result.rowsRead).toBe(countRows(folder));
      expect(result.barsAdded + result.rowsQuarantined).toBe(result.rowsRead);
      expect(result.barsAdded).toBeGreaterThan(symbols * 1066);
      figure('import bars', result.barsAdded);
      figure('import', result.seconds, 's');
      figure('import rate', Math.round(result.rowsRead / result.seconds), 'rows/s');
    });

    it('adds no row the second time', async () => {
      const before = await quarantine();
      const again = await installation.readHere(fetchResultSchema, 'import', folder);
      expect(again).toMatchObject({ barsAdded: 0, barsChanged: 0 });
      expect(again.barsUnchanged).toBe(countRows(folder) - again.rowsQuarantined);
      expect(await quarantine()).toEqual(before);
      figure('second import', again.seconds, 's');
    });

    it('keeps out nothing but the closes of 2022-05-17 that lie outside of their day', async () => {
      const rows = (await quarantine()).map(({ date, reason }) => `${date} ${reason}`);
      expect(new Set(rows)).toEqual(new Set(['2022-05-17 close-outside-range']));
    });

    const quarantine = async () =>
      (
        await installation.readHere(
          quarantineListSchema,
          'quarantine',
          'list',
          '--limit',
          '10000',
          '--severity',
          'quarantined',
        )
      ).quarantine;
  });

  describe('train', () => {
    it('shows its progress and remaining time, and makes the model live', async () => {
      const ended = await installation.daytrade('train', '--json');
      expect(ended.exitCode, ended.stderr).toBe(0);
      expect(ended.stderr).toMatch(progressWithRemainingTime);
      expect(JSON.parse(ended.stdout)).toMatchObject({ promoted: true, symbols, synthetic: false });
      figure('train', ended.seconds, 's');
    });
  });

  describe('predict', () => {
    let predictions: readonly Prediction[];

    beforeAll(async () => {
      const ended = await installation.here('predict', '--json');
      // These bars end long before today, which is said beside the predictions.
      expect(ended.stderr.split('\n')).toEqual([
        expect.stringMatching(/^note: bars end 2025-12-30, /),
        'note: this forecast is for 2026-01-05, a session that is over',
        expect.stringMatching(/^note: it was made after the session of 2026-01-05 had opened/),
        '',
      ]);
      predictions = predictionListSchema.parse(JSON.parse(ended.stdout)).predictions;
      figure('predict', ended.seconds, 's');
    });

    it('publishes one prediction per symbol, with the fields of the contract', () => {
      expect(new Set(predictions.map(({ symbol }) => symbol)).size).toBe(symbols);
      for (const prediction of predictions) expect(() => predictionSchema.strict().parse(prediction)).not.toThrow();
    });

    it('predicts the session after the newest bar, by the live model, from real bars', () => {
      for (const { lastSession, session, synthetic, modelVersion, coverage } of predictions) {
        expect(lastSession).toBe('2025-12-30');
        expect(session).toBe(nextSession(parseTradeDate(lastSession)));
        expect({ synthetic, coverage }).toEqual({ synthetic: false, coverage: 0.93 });
        expect(modelVersion).toBe(predictions[0]?.modelVersion);
      }
    });

    it('shows a centre and a probability of a rise together, where skill was measured', () => {
      for (const { symbol, centre, probabilityUp, directionSkilled } of predictions) {
        expect([centre !== null, probabilityUp !== null], symbol).toEqual([directionSkilled, directionSkilled]);
      }
    });

    it('has a centre between bounds, which adjusted prices have with five digits and off the tick', () => {
      for (const { symbol, lower, centre, upper, priceBasis } of predictions) {
        expect(priceBasis, symbol).not.toBe('traded');
        expect(lower, symbol).toBeLessThanOrEqual(centre ?? upper);
        expect(centre ?? lower, symbol).toBeLessThanOrEqual(upper);
        expect([lower, upper], symbol).toEqual([lower, upper].map((bound) => Number(bound.toPrecision(5))));
      }
    });
  });

  describe('evaluate', () => {
    let evaluation: Evaluation;

    beforeAll(async () => {
      const ended = await installation.here('evaluate', '--json');
      expect(ended.exitCode, ended.stderr).toBe(0);
      expect(ended.stderr).toMatch(progressWithRemainingTime);
      evaluation = evaluationSchema.parse(JSON.parse(ended.stdout));
      figure('evaluate', ended.seconds, 's');
    });

    it('judges at least 500 sessions of every symbol, to the newest bar', () => {
      expect(evaluation.days).toBeGreaterThanOrEqual(500);
      expect(evaluation.symbols).toBe(symbols);
      expect(evaluation.bySymbol).toHaveLength(symbols);
      expect(evaluation.synthetic).toBe(false);
      expect(evaluation.to).toBe('2025-12-30');
    });

    it('holds the objective: coverage, and that of every 250 sessions, in [0.915, 0.945]', () => {
      const { coverage, rollingCoverage250 } = evaluation;
      for (const value of [coverage, rollingCoverage250.min, rollingCoverage250.max, rollingCoverage250.last]) {
        expect(value).toBeGreaterThanOrEqual(0.915);
        expect(value).toBeLessThanOrEqual(0.945);
      }
    });

    it('has no hit rate above 60 %, which would be a leak', () => {
      expect(evaluation.hitRate.value).toBeLessThanOrEqual(0.6);
      expect(evaluation.leakAlarm).toBe(false);
    });
  });
});
