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
  return (await running.latest()).predictions.map(({ announcement }) => announcement);
}

const planned = { date: session, kind: 'planned', time: null } as const;
const onOther = ['2026-11-19', '2026-11-25'].map((date) => ({ date: parseTradeDate(date) }));

describe('an announcement of results', () => {
  it.each<[string, readonly Announced[], object | null]>([
    ['after the close before the session', [{}], { date: before, kind: 'made', time: '15:30' }],
    ['before that close, in the price, whatever was planned', [{ time: '14:00' }, { ...planned, date: before }], null],
    ['planned for the session', [planned], planned],
    ['planned for the day before', [{ ...planned, date: before }], { ...planned, date: before }],
    ['planned within the session', [{ ...planned, time: '13:00' }], { ...planned, time: '13:00' }],
    ['planned for after its close', [{ ...planned, time: '15:30' }], null],
    ['planned and then moved', [{ ...planned, knownUntil: '2026-11-20T00:00:00.000Z' }], null],
    ['of other days', onOther, null],
  ])('%s', async (_, several, shown) => {
    expect(await shownWith(...several)).toEqual([shown]);
  });

  it('is not known of a symbol without a source', async () => {
    const known = async () => (await running.latest()).predictions.map(({ announcementsKnown }) => announcementsKnown);
    expect(await known()).toEqual([false]);
    await shownWith({ date: parseTradeDate('2026-05-08') });
    expect(await known()).toEqual([true]);
  });
});
