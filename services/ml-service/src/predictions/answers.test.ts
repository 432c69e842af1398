import { parseSymbol, parseTradeDate } from '@daytrade/market';
import type { AnnouncementRecord } from '@daytrade/storage';
import { emptyTables, sampleEvaluation, sampleJudged, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';
import { historyWithinDay, predictionHistory, predictionList } from './answers.ts';

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

describe('a list of predictions', () => {
  const other = parseSymbol('0102');

  it('names the symbols without one, once there are any', async () => {
    await addSymbol(running.stores, '0102', madeBars(2, '2026-10-01', before), { synthetic });
    const { unpredicted, predictions, sessionOver } = await running.latest();
    expect([predictions.length, sessionOver, unpredicted]).toEqual([
      1,
      false,
      [{ symbol: other, name: '架空0102', lastDate: before }],
    ]);
    await emptyTables(running.stores.database);
    expect(await running.latest()).toEqual({ predictions: [], sessionOver: false, unpredicted: [], barsAge: null });
    await addSymbol(running.stores, '0102', madeBars(2, '2026-10-01', before), { synthetic });
    expect(await running.latest()).toMatchObject({ unpredicted: [], barsAge: { newest: before } });
  });

  it('is over from the close of its session on', async () => {
    const overAt = async (instant: string) => {
      const { stores } = running;
      return (await predictionList(stores, await stores.predictions.latest(synthetic), [], Date.parse(instant)))
        .sessionOver;
    };
    expect([await overAt('2026-11-24T06:29:59.999Z'), await overAt('2026-11-24T06:30:00.000Z')]).toEqual([false, true]);
  });
});

describe('the history of a symbol', () => {
  const of = { symbol: parseSymbol('0101'), synthetic };
  const dates = ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-24'].map((date) =>
    parseTradeDate(date),
  );
  const now = Date.parse('2026-11-25T00:00:00.000Z');
  const history = (limit: number) => predictionHistory(running.stores, of, limit, now);

  it('has what was published in time, else the walk-forward judgement, else what came late', async () => {
    const late = { madeAt: '2026-11-20T01:00:00.000Z', session: before, lastSession: dates[2]! };
    const latest = { madeAt: '2026-11-19T01:00:00.000Z', session: dates[2]!, lastSession: dates[1]! };
    await running.stores.predictions.save([late, latest].map((change) => samplePrediction({ synthetic, ...change })));
    const rows = [dates[0]!, dates[1]!, before, session].map((date) => sampleJudged({ session: date }));
    await running.stores.evaluations.save(sampleEvaluation({ synthetic }), [[of.symbol, rows]]);
    expect((await history(9)).map((row) => [row.session, row.source, row.horizon])).toEqual([
      [dates[0], 'walk-forward', 'next-close'],
      [dates[1], 'walk-forward', 'next-close'],
      [dates[2], 'late', 'next-close'],
      [before, 'walk-forward', 'next-close'],
      [session, 'live', 'next-close'],
    ]);
    expect((await history(2)).map((row) => row.session)).toEqual([before, session]);
  });

  it.each([
    [0.52, 0.51, 0.5123],
    [0.51, 0.51, null],
    [0.5, 0.4, null],
    [0.501, 0.4, 0.5123],
  ])(
    'with hits in %d of all days at least, beside %d that rose, shows a probability of %s',
    async (low, alwaysUp, probabilityUp) => {
      const { hitRate } = sampleEvaluation();
      const evaluation = sampleEvaluation({ synthetic, hitRate: { ...hitRate, low, alwaysUp } });
      await running.stores.evaluations.save(evaluation, [[of.symbol, [sampleJudged({ session: before })]]]);
      const [row] = await history(9);
      expect([row?.probabilityUp, row?.centre]).toEqual([probabilityUp, 1_236]);
      const within = { ...evaluation, id: 'e20261124-0002', horizon: 'close@10:30' } as const;
      await running.stores.evaluations.save(within, [[of.symbol, [sampleJudged({ session: before })]]]);
      const [inDay, ...others] = await historyWithinDay(running.stores, of, 9);
      expect([inDay, others]).toEqual([
        { ...sampleJudged({ session: before }), probabilityUp: null, horizon: 'close@10:30' },
        [],
      ]);
    },
  );

  it('is what was published alone without an evaluation', async () => {
    expect((await history(9)).map((row) => [row.session, row.source])).toEqual([[session, 'live']]);
    expect(await historyWithinDay(running.stores, of, 9)).toEqual([]);
  });
});
