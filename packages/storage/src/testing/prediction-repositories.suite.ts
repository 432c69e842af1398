import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import { InDayPredictionRepository } from '../repositories/in-day-prediction-repository.ts';
import { ModelRegistry } from '../repositories/model-registry.ts';
import { JudgedCloseRepository, PredictionRepository } from '../repositories/prediction-repository.ts';
import { sampleInDayPrediction, sampleJudgedClose, sampleModel, samplePrediction } from './sample-records.ts';
import { temporaryFolder } from './temporary-folder.ts';

const january = parseTradeDate('2026-01-05');
const friday = parseTradeDate('2026-11-20');
const tuesday = parseTradeDate('2026-11-24');

export function predictionRepositorySuite(database: () => Database): void {
  describe('PredictionRepository', () => {
    let predictions: PredictionRepository;
    beforeEach(() => {
      predictions = new PredictionRepository(database());
    });

    it('gives back what was published, numbers, dates and instants unchanged', async () => {
      const published = [
        samplePrediction({ lastClose: 0.1 + 0.2, probabilityUp: 1 / 3, madeAt: '2026-11-24T15:00:00.123Z' }),
        samplePrediction({ symbol: parseSymbol('0102') }),
      ];
      expect(await predictions.save(published)).toBe(2);
      expect(await predictions.latest(true)).toEqual(published);
    });

    it('never changes a published prediction, and counts only new ones', async () => {
      const first = samplePrediction();
      await predictions.save([first]);
      const again = samplePrediction({ centre: 1, madeAt: '2026-11-24T09:00:00.000Z' });
      expect(await predictions.save([again, samplePrediction({ symbol: parseSymbol('0102') })])).toBe(1);
      expect((await predictions.latest(true))[0]).toEqual(first);
      expect(await predictions.save([])).toBe(0);
    });

    it('publishes the same once when several processes publish it at once, in whatever order', async () => {
      const many = Array.from({ length: 1200 }, (_, index) =>
        samplePrediction({ symbol: parseSymbol(String(1000 + index)) }),
      );
      const orders = [many, many.toReversed(), many.toSpliced(0, 600).concat(many.slice(0, 600)), many.toReversed()];
      const added = await Promise.all(orders.map((order) => new PredictionRepository(database()).save(order)));
      expect(added.reduce((sum, count) => sum + count, 0)).toBe(1200);
    });

    it('takes more at once than a statement has parameters for', async () => {
      const many = Array.from({ length: 5000 }, (_, index) =>
        samplePrediction({ symbol: parseSymbol(String(index).padStart(4, '0')) }),
      );
      expect(await predictions.save(many)).toBe(5000);
      expect(await predictions.latest(true)).toHaveLength(5000);
    });

    it('a model that predicts after the open replaces nothing; what it said is there to be asked for', async () => {
      const stood = samplePrediction();
      const late = samplePrediction({ modelVersion: 'm-late', lower: 1, madeAt: '2026-11-25T00:00:00.000Z' });
      await predictions.save([stood, late]);
      expect(await predictions.latest(true)).toEqual([stood]);
      expect(await predictions.history(parseSymbol('0101'), true, 9)).toEqual([stood]);
      expect(await predictions.newestSessions(9, true)).toMatchObject([{ lower: stood.lower }]);
      expect(await predictions.byModel(stood.session, 'm-late')).toEqual([late]);
    });

    it('latest prefers the live model', async () => {
      const objects = await FolderObjectStore.open({ folder: await temporaryFolder() });
      const models = new ModelRegistry({ ...database(), objects });
      const { version } = await models.register(sampleModel(), Uint8Array.of(1));
      await models.promote(version, 'promote', '2026-11-24T07:00:00.000Z');
      await predictions.save([
        samplePrediction({ modelVersion: version, madeAt: '2026-11-24T07:00:00.000Z' }),
        samplePrediction({ modelVersion: 'm-candidate', madeAt: '2026-11-24T08:00:00.000Z' }),
      ]);
      expect(await predictions.latest(true)).toMatchObject([{ modelVersion: version }]);
    });

    it('latest is of one universe, however much older its newest session is than that of the other', async () => {
      const real = samplePrediction({
        symbol: parseSymbol('7203'),
        session: january,
        synthetic: false,
        modelVersion: 'm-real',
      });
      await predictions.save([samplePrediction(), real]);
      expect(await predictions.latest(false)).toEqual([real]);
      expect(await predictions.latest(true)).toEqual([samplePrediction()]);
      expect(await predictions.forSession(samplePrediction().session, false)).toEqual([]);
    });

    it('removes the predictions of one universe and says how many', async () => {
      const real = samplePrediction({ symbol: parseSymbol('7203'), synthetic: false });
      await predictions.save([samplePrediction(), samplePrediction({ symbol: parseSymbol('0102') }), real]);
      expect(await predictions.remove(true)).toBe(2);
      expect(await predictions.latest(true)).toEqual([]);
      expect(await predictions.latest(false)).toEqual([real]);
      expect(await predictions.remove(true)).toBe(0);
    });

    it('returns intervals of the newest sessions of all symbols, one each, by the model that came last', async () => {
      await predictions.save([
        samplePrediction({ session: friday }),
        samplePrediction({ session: tuesday, lower: 1, madeAt: '2026-11-23T08:00:00.000Z' }),
        samplePrediction({ session: tuesday, lower: 2, modelVersion: 'm-a', madeAt: '2026-11-23T09:00:00.000Z' }),
        samplePrediction({
          session: tuesday,
          lower: 3,
          modelVersion: 'm-a',
          symbol: parseSymbol('0102'),
          madeAt: '2026-11-23T09:00:00.000Z',
        }),
        samplePrediction({ lower: 4 }),
      ]);
      const intervals = await predictions.newestSessions(2, true);
      expect(intervals.map(({ symbol, session, lower }) => [symbol, session, lower])).toEqual([
        ['0101', tuesday, 2],
        ['0102', tuesday, 3],
        ['0101', samplePrediction().session, 4],
      ]);
      expect(await predictions.newestSessions(10, true)).toHaveLength(4);
    });

    it('counts the newest sessions of one universe, not those of the other', async () => {
      const old = { session: january, synthetic: false };
      await predictions.save([samplePrediction({ symbol: parseSymbol('7203'), ...old }), samplePrediction()]);
      expect(await predictions.newestSessions(1, false)).toMatchObject([{ symbol: '7203', session: old.session }]);
    });

    it('returns the newest sessions of a symbol, oldest first, one prediction each', async () => {
      const second = samplePrediction({ modelVersion: 'm-second', madeAt: '2026-11-24T08:00:00.000Z' });
      await predictions.save([
        samplePrediction({ session: friday }),
        samplePrediction({ session: tuesday }),
        samplePrediction(),
        second,
        samplePrediction({ symbol: parseSymbol('0102'), session: tuesday }),
      ]);
      expect(await predictions.history(parseSymbol('0101'), true, 2)).toEqual([
        samplePrediction({ session: tuesday }),
        second,
      ]);
    });
  });
}

const sample = sampleInDayPrediction();
const other = parseSymbol('0102');
const before = parseTradeDate('2026-11-24');

export function inDayPredictionRepositorySuite(database: () => Database): void {
  describe('InDayPredictionRepository', () => {
    let predictions: InDayPredictionRepository;
    beforeEach(() => {
      predictions = new InDayPredictionRepository(database());
    });

    it('gives back what was published, numbers, dates and instants unchanged', async () => {
      const published = [
        sampleInDayPrediction({ price: 0.1 + 0.2, madeAt: '2026-11-25T01:30:00.123Z' }),
        sampleInDayPrediction({ symbol: other }),
      ];
      expect(await predictions.save(published)).toBe(2);
      expect(await predictions.ofHorizon(sample, true)).toEqual(published);
      expect(await predictions.ofHorizon({ ...sample, horizon: 'close@10:45' }, true)).toEqual([]);
      expect(await predictions.ofHorizon(sample, false)).toEqual([]);
    });

    it('keeps each time of the day by itself, and lists them in the order of the day', async () => {
      const opening = sampleInDayPrediction({ horizon: 'close@open', madeAt: '2026-11-25T00:05:03.000Z' });
      const morning = sampleInDayPrediction({ horizon: 'close@08:30', madeAt: '2026-11-24T23:30:03.000Z' });
      await predictions.save([sample, opening, morning]);
      expect(await predictions.ofSession(sample.session, true)).toEqual(['close@08:30', 'close@open', 'close@10:30']);
      expect(await predictions.ofSession(before, true)).toEqual([]);
      expect(await predictions.ofSymbol(sample.session, sample.symbol, true)).toEqual([morning, opening, sample]);
      expect(await predictions.ofSymbol(sample.session, other, true)).toEqual([]);
    });

    it('a model that comes late replaces nothing; what it said is there to be asked for', async () => {
      const inTime = sampleInDayPrediction({ madeAt: '2026-11-25T01:34:59.999Z' });
      const late = sampleInDayPrediction({ modelVersion: 'm-late', lower: 1, madeAt: '2026-11-25T01:35:00.000Z' });
      await predictions.save([late, inTime]);
      expect(await predictions.ofHorizon(sample, true)).toEqual([inTime]);
      expect(await predictions.ofSymbol(sample.session, sample.symbol, true)).toEqual([inTime]);
      expect(await predictions.newestSessions(9, true)).toMatchObject([{ lower: inTime.lower }]);
      expect(await predictions.byModel(sample, 'm-late')).toEqual([late]);
    });

    it('prefers the model that was live at the time', async () => {
      const objects = await FolderObjectStore.open({ folder: await temporaryFolder() });
      const models = new ModelRegistry({ ...database(), objects });
      const { version } = await models.register(sampleModel(), Uint8Array.of(1));
      await models.promote(version, 'promote', '2026-11-24T07:00:00.000Z');
      await predictions.save([
        sampleInDayPrediction({ modelVersion: version }),
        sampleInDayPrediction({ modelVersion: 'm-candidate', madeAt: '2026-11-25T01:32:00.000Z' }),
      ]);
      expect(await predictions.ofHorizon(sample, true)).toMatchObject([{ modelVersion: version }]);
    });

    it('gives the newest sessions of one universe with what their forecasts promised', async () => {
      await predictions.save([
        sampleInDayPrediction({ session: parseTradeDate('2026-11-20'), madeAt: '2026-11-20T01:30:00.000Z' }),
        sampleInDayPrediction({ session: before, madeAt: '2026-11-24T01:30:00.000Z', symbol: other }),
        sample,
        sampleInDayPrediction({ symbol: parseSymbol('7203'), synthetic: false }),
      ]);
      const newest = await predictions.newestSessions(2, true);
      expect(newest.map(({ session, symbol }) => [session, symbol])).toEqual([
        [before, '0102'],
        [sample.session, '0101'],
      ]);
      expect(await predictions.newestSessions(9, false)).toHaveLength(1);
    });
  });
}

const first = sampleJudgedClose({ close: 0.1 + 0.2, judgedAt: '2026-11-25T09:00:00.123Z' });

export function judgedCloseRepositorySuite(database: () => Database): void {
  describe('JudgedCloseRepository', () => {
    it('keeps the close that came first, numbers, dates and instants unchanged', async () => {
      const closes = new JudgedCloseRepository(database());
      await closes.keep([first]);
      await closes.keep([{ ...first, close: 1, lastClose: 1, judgedAt: '2026-11-26T09:00:00.000Z' }]);
      expect(await closes.since(first.session, [first.symbol])).toEqual([first]);
    });

    it('gives those of the symbols from a session on, and removes those of symbols', async () => {
      const closes = new JudgedCloseRepository(database());
      const earlier = sampleJudgedClose({ session: parseTradeDate('2026-11-24'), lastClose: null });
      const ofOther = sampleJudgedClose({ symbol: other });
      await closes.keep([earlier, first, ofOther]);
      expect(await closes.since(first.session, [other])).toEqual([ofOther]);
      expect(await closes.since(earlier.session, [first.symbol])).toEqual(expect.arrayContaining([earlier, first]));
      await closes.remove([first.symbol]);
      await closes.remove([]);
      expect(await closes.since(earlier.session, [first.symbol, other])).toEqual([ofOther]);
    });
  });
}
