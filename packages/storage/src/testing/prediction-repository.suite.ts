import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import { ModelRegistry } from '../repositories/model-registry.ts';
import { PredictionRepository } from '../repositories/prediction-repository.ts';
import { SymbolRepository } from '../repositories/symbol-repository.ts';
import { sampleModel, samplePrediction, sampleSymbol } from './sample-records.ts';
import { temporaryFolder } from './temporary-folder.ts';

const january = parseTradeDate('2026-01-05');
const friday = parseTradeDate('2026-11-20');
const tuesday = parseTradeDate('2026-11-24');
const thursday = parseTradeDate('2026-11-26');

export function predictionRepositorySuite(database: () => Database): void {
  describe('PredictionRepository', () => {
    it('gives back what was published, numbers, dates and instants unchanged', async () => {
      const predictions = new PredictionRepository(database());
      const published = [
        samplePrediction({ lastClose: 0.1 + 0.2, probabilityUp: 1 / 3, madeAt: '2026-11-24T15:00:00.123Z' }),
        samplePrediction({ symbol: parseSymbol('0102') }),
      ];
      expect(await predictions.save(published)).toBe(2);
      expect(await predictions.latest(true)).toEqual(published);
    });

    it('never changes a published prediction, and counts only new ones', async () => {
      const predictions = new PredictionRepository(database());
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
      const predictions = new PredictionRepository(database());
      const many = Array.from({ length: 5000 }, (_, index) =>
        samplePrediction({ symbol: parseSymbol(String(index).padStart(4, '0')) }),
      );
      expect(await predictions.save(many)).toBe(5000);
      expect(await predictions.latest(true)).toHaveLength(5000);
    });

    it('latest is the newest session, by the model that predicted last', async () => {
      const predictions = new PredictionRepository(database());
      await predictions.save([
        samplePrediction({ session: tuesday, modelVersion: 'm-new', madeAt: '2026-11-24T12:00:00.000Z' }),
        samplePrediction({ modelVersion: 'm-old', madeAt: '2026-11-24T07:00:00.000Z' }),
        samplePrediction({ modelVersion: 'm-new', madeAt: '2026-11-24T08:00:00.000Z' }),
      ]);
      expect(await predictions.latest(true)).toMatchObject([{ session: '2026-11-25', modelVersion: 'm-new' }]);
      expect(await predictions.forSession(tuesday, true)).toMatchObject([{ modelVersion: 'm-new' }]);
      expect(await predictions.forSession(thursday, true)).toEqual([]);
    });

    it('a model that predicts after the open replaces nothing; what it said is there to be asked for', async () => {
      const predictions = new PredictionRepository(database());
      const stood = samplePrediction();
      const late = samplePrediction({ modelVersion: 'm-late', lower: 1, madeAt: '2026-11-25T00:00:00.000Z' });
      await predictions.save([stood, late]);
      expect(await predictions.latest(true)).toEqual([stood]);
      expect(await predictions.history(parseSymbol('0101'), true, 9)).toEqual([stood]);
      expect(await predictions.newestSessions(9, true)).toMatchObject([{ lower: stood.lower }]);
      expect(await predictions.byModel(stood.session, 'm-late')).toEqual([late]);
    });

    it('latest prefers the live model', async () => {
      const predictions = new PredictionRepository(database());
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
      const predictions = new PredictionRepository(database());
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

    it('latest is of one session: a symbol whose bars end earlier has no interval in it', async () => {
      const predictions = new PredictionRepository(database());
      await predictions.save([samplePrediction({ symbol: parseSymbol('0102'), session: tuesday }), samplePrediction()]);
      expect((await predictions.latest(true)).map(({ symbol }) => symbol)).toEqual(['0101']);
    });

    it('removes the predictions of one universe and says how many', async () => {
      const predictions = new PredictionRepository(database());
      const real = samplePrediction({ symbol: parseSymbol('7203'), synthetic: false });
      await predictions.save([samplePrediction(), samplePrediction({ symbol: parseSymbol('0102') }), real]);
      expect(await predictions.remove(true)).toBe(2);
      expect(await predictions.latest(true)).toEqual([]);
      expect(await predictions.latest(false)).toEqual([real]);
      expect(await predictions.remove(true)).toBe(0);
    });

    it('answers with the price basis of its bars; a row of before from the record of its symbol', async () => {
      const predictions = new PredictionRepository(database());
      await new SymbolRepository(database()).upsertMany([sampleSymbol({ priceBasis: 'fully-adjusted' })]);
      const published = samplePrediction({ priceBasis: 'split-adjusted' });
      const older = samplePrediction({ session: tuesday });
      await predictions.save([published, older]);
      await sql`update predictions set price_basis = null where session = ${older.session}`.execute(database().db);
      const olderAnswered = { ...older, priceBasis: 'fully-adjusted' };
      expect(await predictions.latest(true)).toEqual([published]);
      expect(await predictions.forSession(older.session, true)).toEqual([olderAnswered]);
      expect(await predictions.history(parseSymbol('0101'), true, 2)).toEqual([olderAnswered, published]);
    });

    it('is empty before anything is published', async () => {
      const predictions = new PredictionRepository(database());
      expect(await predictions.latest(true)).toEqual([]);
      expect(await predictions.history(parseSymbol('0101'), true, 10)).toEqual([]);
    });

    it('returns intervals of the newest sessions of all symbols, one each, by the model that came last', async () => {
      const predictions = new PredictionRepository(database());
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
      const predictions = new PredictionRepository(database());
      const old = { session: january, synthetic: false };
      await predictions.save([samplePrediction({ symbol: parseSymbol('7203'), ...old }), samplePrediction()]);
      expect(await predictions.newestSessions(1, false)).toMatchObject([{ symbol: '7203', session: old.session }]);
    });

    it('returns the newest sessions of a symbol, oldest first, one prediction each', async () => {
      const predictions = new PredictionRepository(database());
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
