import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import { InDayPredictionRepository } from '../repositories/in-day-prediction-repository.ts';
import { ModelRegistry } from '../repositories/model-registry.ts';
import { sampleInDayPrediction, sampleModel } from './sample-records.ts';
import { temporaryFolder } from './temporary-folder.ts';

const sample = sampleInDayPrediction();
const other = parseSymbol('0102');
const before = parseTradeDate('2026-11-24');

export function inDayPredictionRepositorySuite(database: () => Database): void {
  describe('InDayPredictionRepository', () => {
    it('gives back what was published, numbers, dates and instants unchanged', async () => {
      const predictions = new InDayPredictionRepository(database());
      const published = [
        sampleInDayPrediction({ price: 0.1 + 0.2, madeAt: '2026-11-25T01:30:00.123Z' }),
        sampleInDayPrediction({ symbol: other }),
      ];
      expect(await predictions.save(published)).toBe(2);
      expect(await predictions.ofHorizon(sample, true)).toEqual(published);
      expect(await predictions.ofHorizon({ ...sample, horizon: 'close@10:45' }, true)).toEqual([]);
      expect(await predictions.ofHorizon(sample, false)).toEqual([]);
    });

    it('never changes what is published, and counts only what is new', async () => {
      const predictions = new InDayPredictionRepository(database());
      await predictions.save([sample]);
      const again = sampleInDayPrediction({ centre: 1, madeAt: '2026-11-25T01:34:00.000Z' });
      expect(await predictions.save([again, sampleInDayPrediction({ symbol: other })])).toBe(1);
      expect((await predictions.ofHorizon(sample, true))[0]).toEqual(sample);
      expect(await predictions.save([])).toBe(0);
    });

    it('publishes the same once when several processes publish it at once, in whatever order', async () => {
      const many = Array.from({ length: 600 }, (_, index) =>
        sampleInDayPrediction({ symbol: parseSymbol(String(1000 + index)) }),
      );
      const orders = [many, many.toReversed(), many.toSpliced(0, 300).concat(many.slice(0, 300))];
      const added = await Promise.all(orders.map((rows) => new InDayPredictionRepository(database()).save(rows)));
      expect(added.reduce((sum, count) => sum + count, 0)).toBe(600);
    });

    it('keeps each time of the day by itself, and lists them in the order of the day', async () => {
      const predictions = new InDayPredictionRepository(database());
      const opening = sampleInDayPrediction({ horizon: 'close@open', madeAt: '2026-11-25T00:05:03.000Z' });
      const morning = sampleInDayPrediction({ horizon: 'close@08:30', madeAt: '2026-11-24T23:30:03.000Z' });
      await predictions.save([sample, opening, morning]);
      expect(await predictions.ofSession(sample.session, true)).toEqual(['close@08:30', 'close@open', 'close@10:30']);
      expect(await predictions.ofSession(before, true)).toEqual([]);
      expect(await predictions.ofSymbol(sample.session, sample.symbol, true)).toEqual([morning, opening, sample]);
      expect(await predictions.ofSymbol(sample.session, other, true)).toEqual([]);
    });

    it('a model that comes late replaces nothing; what it said is there to be asked for', async () => {
      const predictions = new InDayPredictionRepository(database());
      const inTime = sampleInDayPrediction({ madeAt: '2026-11-25T01:34:59.999Z' });
      const late = sampleInDayPrediction({ modelVersion: 'm-late', lower: 1, madeAt: '2026-11-25T01:35:00.000Z' });
      await predictions.save([late, inTime]);
      expect(await predictions.ofHorizon(sample, true)).toEqual([inTime]);
      expect(await predictions.ofSymbol(sample.session, sample.symbol, true)).toEqual([inTime]);
      expect(await predictions.newestSessions(9, true)).toMatchObject([{ lower: inTime.lower }]);
      expect(await predictions.byModel(sample, 'm-late')).toEqual([late]);
    });

    it('prefers the model that was live at the time', async () => {
      const predictions = new InDayPredictionRepository(database());
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
      const predictions = new InDayPredictionRepository(database());
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

    it('removes the forecasts of one universe and says how many', async () => {
      const predictions = new InDayPredictionRepository(database());
      await predictions.save([
        sample,
        sampleInDayPrediction({ symbol: other }),
        sampleInDayPrediction({ symbol: parseSymbol('7203'), synthetic: false }),
      ]);
      expect(await predictions.remove(true)).toBe(2);
      expect(await predictions.ofSession(sample.session, true)).toEqual([]);
      expect(await predictions.ofSession(sample.session, false)).toEqual(['close@10:30']);
    });
  });
}
