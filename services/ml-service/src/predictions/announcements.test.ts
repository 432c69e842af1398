import { predictionListSchema } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import type { AnnouncementRecord } from '@daytrade/storage';
import { emptyTables, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';

/** A Friday, and the Tuesday after a holiday. */
const before = parseTradeDate('2026-11-20');
const session = parseTradeDate('2026-11-24');
const synthetic = false;

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-23T23:00:00.000Z');
});
afterAll(() => running.close());
beforeEach(async () => {
  await emptyTables(running.stores.database);
  await addSymbol(running.stores, '0101', madeBars(1, '2026-10-01', before), { synthetic });
  const madeAt = '2026-11-23T22:00:00.000Z';
  await running.stores.predictions.save([samplePrediction({ lastSession: before, session, madeAt, synthetic })]);
});

type Announced = Partial<AnnouncementRecord>;

const known = { knownSince: '2026-11-01T00:00:00.000Z', knownUntil: null };

async function shownWith(...several: readonly Announced[]) {
  const record = {
    symbol: parseSymbol('0101'),
    date: before,
    kind: 'made',
    time: '15:30',
    source: 'jquants',
    ...known,
  } as const;
  await running.stores.announcements.upsertMany(several.map((change) => ({ ...record, ...change })));
  const list = predictionListSchema.parse((await running.get('/v1/predictions/latest')).body);
  return list.predictions.map(({ announcement }) => announcement);
}

describe('an announcement of results', () => {
  it('that came after the close before the session stands beside its prediction', async () => {
    expect(await shownWith({})).toEqual([{ date: before, kind: 'made', time: '15:30' }]);
  });

  it('that came before that close is in the price, whatever was planned', async () => {
    expect(await shownWith({ time: '14:00' }, { kind: 'planned', time: null })).toEqual([null]);
  });

  it('that is planned for the day before the session or its own is shown as a plan', async () => {
    const planned = { date: session, kind: 'planned', time: null } as const;
    expect(await shownWith(planned)).toEqual([planned]);
    expect(await shownWith({ date: before, kind: 'planned', time: null })).toMatchObject([{ date: before }]);
  });

  it('that is planned for the day of the session counts where it comes before its close', async () => {
    const planned = { date: session, kind: 'planned', time: '13:00' } as const;
    expect(await shownWith(planned)).toEqual([{ date: session, kind: 'planned', time: '13:00' }]);
    expect(await shownWith({ ...planned, time: '15:30' })).toEqual([null]);
  });

  it('is not known of a symbol without a source', async () => {
    const known = async () => {
      const list = predictionListSchema.parse((await running.get('/v1/predictions/latest')).body);
      return list.predictions.map(({ announcementsKnown }) => announcementsKnown);
    };
    expect(await known()).toEqual([false]);
    await shownWith({ date: parseTradeDate('2026-05-08') });
    expect(await known()).toEqual([true]);
  });

  it('that was planned and then moved is not shown', async () => {
    const moved = { date: session, kind: 'planned', time: null, knownUntil: '2026-11-20T00:00:00.000Z' } as const;
    expect(await shownWith(moved)).toEqual([null]);
  });

  it('of another day is not shown', async () => {
    const ofOtherDays = ['2026-11-19', '2026-11-25'].map((date) => ({ date: parseTradeDate(date) }));
    expect(await shownWith(...ofOtherDays)).toEqual([null]);
  });
});
