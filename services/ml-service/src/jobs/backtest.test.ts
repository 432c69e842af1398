import { type BacktestResult, backtestRequestSchema, parseSettings, type Run } from '@daytrade/contracts';
import { dateOfDayNumber, dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import type { IntradayColumns } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import { newStores, sampleRun } from '@daytrade/storage/testing';
import { type BacktestInput, type BacktestReport, runBacktest, simulateSets } from '@daytrade/trading';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSymbol, madeBars } from '../app.fixture.ts';
import { readRecord } from '../backtest/stored-record.ts';
import { groupsOf, lotsOf, readSplits, readUniverse, symbolsMeant, thoseWithDividends } from '../universe.ts';
import { backtestJob } from './backtest.ts';

const days = madeBars(1, '2026-09-01', '2026-11-24').days;
const dates = Array.from(days, (day) => dateOfDayNumber(day as never));
const [first, second] = ['0101', '0102'].map((code) => parseSymbol(code)) as [never, never];

let stores: Stores & { readonly folder: string; readonly close: () => Promise<void> };
beforeAll(async () => {
  stores = await newStores(() => Date.parse('2026-11-24T09:00:00.000Z'));
  const real = { synthetic: false, sizeGroup: 'TOPIX Core30' };
  await addSymbol(stores, first, madeBars(1, '2026-09-01', '2026-11-24'), { ...real, priceBasis: 'traded' });
  const adjusted = { ...real, priceBasis: 'split-adjusted', lot: 10, sizeGroup: null } as const;
  await addSymbol(stores, second, madeBars(2, '2026-09-01', '2026-11-24'), adjusted);
});
afterAll(() => stores.close());

/** Runs a backtest in this process; returns what it was asked and what it answered. */
async function backtest(change: object = {}) {
  let asked: BacktestInput | undefined;
  const settings = parseSettings({ DAYTRADE_STATE_DIR: stores.folder, DAYTRADE_USER_FOLDER: stores.folder });
  const run = (_: string, input: BacktestInput): Promise<BacktestReport> => {
    asked = input;
    return runBacktest(input, async (sets) => simulateSets(sets));
  };
  const job = backtestJob({ settings, stores, computations: { run }, version: '1.2.3' } as never);
  const payload = { strategy: 'always-long', choose: false, ...change };
  const steps: number[] = [];
  const result = (await job
    .handler({
      run: sampleRun({ id: 'r20261124-000000-bbbbbbbb' }),
      payload,
      signal: new AbortController().signal,
      progress: ({ fraction }) => steps.push(fraction),
    })
    .catch((error: Error) => error)) as unknown as BacktestResult & Error;
  return { asked: asked!, result, steps, payload };
}

describe('the sessions of a backtest', () => {
  const count = dates.length;
  it.each([
    [undefined, undefined, 0, count],
    [dates[25], undefined, 25, count],
    [dates[0], dates[40], 0, 41],
    // A Saturday and a Sunday.
    ['2026-10-10', '2026-11-08', dates.indexOf('2026-10-13' as never), dates.indexOf('2026-11-06' as never) + 1],
    ['2026-08-01', '2027-01-01', 0, count],
    [undefined, dates.at(-1), 0, count],
    ['2026-11-25', undefined, count, count],
    [undefined, '2026-08-31', 0, 0],
  ])('are those from %s to %s', async (from, to, begin, end) => {
    const { asked, result, steps } = await backtest({ from, to });
    expect([asked.from, asked.to, steps]).toEqual([begin, end, [0]]);
    if (end - Math.max(begin, 21) < 2) expect(result.message).toContain('fewer than 2 sessions');
    else expect([result.from, result.to]).toEqual([dates[Math.max(begin, 21)], dates[end - 1]]);
  });
});

describe('the data of a backtest', () => {
  it('has the lots, groups and splits of its symbols, and an index beside them', async () => {
    const on = (date: string | undefined, change: object = {}) => {
      const day = parseTradeDate(date!);
      return { symbol: first, date: day, kind: 'split', value: 0.5, knownOn: day, source: 'test', ...change } as const;
    };
    const before = await backtest();
    expect(before.asked.data).toMatchObject({ splits: new Map(), intraday: undefined, forecasts: undefined });
    expect(before.asked).toMatchObject({ index: undefined, earlierTrials: new Map(), seed: 1 });
    await stores.priceFactors.upsertMany([
      on(dates[30]),
      on(dates[1], { value: 0.2 }),
      // Of the first session, of a day without one, of adjusted prices, and of a symbol without bars.
      on(dates[0]),
      on('2026-10-10'),
      on(dates[20], { symbol: second }),
      on(dates[20], { symbol: parseSymbol('0109') }),
    ]);
    const values = [20, 21].map((t) => ({ date: dates[t]!, value: 100 + t }));
    await stores.indices.merge({ name: 'topix', synthetic: false }, values, {
      source: 'test',
      fetchedAt: '2026-11-24T00:00:00.000Z',
    });
    const { asked, result } = await backtest();
    expect(asked.data.splits).toEqual(
      new Map([
        [60, 2],
        [2, 5],
      ]),
    );
    expect([asked.data.lots, asked.data.groups]).toEqual([
      [100, 10],
      ['topix100', undefined],
    ]);
    expect(asked.index?.name).toBe('topix');
    expect([...asked.index!.closes]).toEqual(dates.map((_, t) => (t === 20 ? 120 : t === 21 ? 121 : NaN)));
    expect(result.dataHash).not.toBe(before.result.dataHash);
    expect(result.reproducedBy).not.toBe(before.result.reproducedBy);
    expect(result).toMatchObject({ traded: false, synthetic: false, strategyHash: null, leftOut: [], symbols: 2 });
    expect((await backtest({ symbols: [first] })).result).toMatchObject({ traded: true, symbols: 1 });
    expect(await readSplits(stores)).toContainEqual({ symbol: first, day: dayNumber(dates[30]!), ratio: 2 });
  });

  it('has 5-minute bars on shared memory, where any symbol has some', async () => {
    const one = Float64Array.of(1_000);
    const bars = { times: Float64Array.of(Date.parse('2026-11-24T00:00:00.000Z')), open: one, high: one, low: one };
    const whole: IntradayColumns = { ...bars, close: one, volume: Float64Array.of(300) };
    const before = await backtest();
    await stores.bars.mergeManyIntraday([{ symbol: second, bars: whole }]);
    const { asked, result } = await backtest();
    const [none, own] = asked.data.intraday!;
    expect([none, own]).toEqual([undefined, whole]);
    expect(own!.times.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(result.dataHash).not.toBe(before.result.dataHash);
    expect((await backtest()).result).toEqual(result);
  });

  it('is kept with all that it did, by its run', async () => {
    const { result } = await backtest({ parameters: { most: 1 } });
    const { synthetic, trades, returns } = await readRecord(stores, 'r20261124-000000-bbbbbbbb');
    expect([synthetic, trades.length, returns.length]).toEqual([false, result.trades, result.sessions]);
  });
});

it('counts the trials of the ledger, also of a run that cannot be read', async () => {
  const { result, payload } = await backtest({ from: dates[22] });
  const finished = { job: 'backtest', status: 'succeeded', finishedAt: '2026-11-24T01:00:00.000Z' } as const;
  const keep = (id: string, change: object) =>
    stores.runs.create(sampleRun({ ...finished, id, key: id, requestId: id, ...change } as Partial<Run>));
  const request = backtestRequestSchema.parse(payload);
  await keep('r20261124-000000-cccccccc', { payload: request, result });
  await keep('r20261124-000000-dddddddd', { payload: request, result: { of: 'an earlier version' } });
  await keep('r20261124-000000-eeeeeeee', { payload: { strategy: 7 }, result });
  const { asked } = await backtest();
  const [trial] = [...asked.earlierTrials].filter(([, ratio]) => ratio !== null);
  expect(trial![1]).toBeCloseTo(result.tried[0]!.sharpe / Math.sqrt(245), 12);
  expect(trial![0]).toContain(result.dataHash);
  const unknown = [...asked.earlierTrials].filter(([, ratio]) => ratio === null).map(([id]) => id);
  expect(unknown.toSorted()).toEqual(['r20261124-000000-dddddddd', 'r20261124-000000-eeeeeeee']);
  // The same one again is no further trial, whatever its seed.
  expect((await backtest({ from: dates[22], seed: 5 })).result.trials).toBe(3);
  expect((await backtest({ from: dates[23] })).result.trials).toBe(4);
});

describe('the symbols that are meant', () => {
  it('are all with bars, or those that are named in any spelling', async () => {
    const codes = async (wanted?: readonly string[]) =>
      (await symbolsMeant(stores, wanted)).meant.map((one) => one.symbol);
    expect([await codes(), await codes(['0102.T']), await codes([])]).toEqual([[first, second], [second], []]);
    await expect(codes(['0101', '0108', '0109'])).rejects.toMatchObject({
      code: 'data.symbol-unknown',
      message: 'no bars for 0108, 0109; there are bars for 2 symbols',
    });
  });

  it('have the lots and size groups of their records', async () => {
    const { panel, records } = await readUniverse(stores);
    const of = (change: object) => groupsOf({ panel, records: records.map((record) => ({ ...record, ...change })) })[0];
    const groups = ['large', 'TOPIX Large70', 'Mid', 'TOPIX Mid400', 'TOPIX Small 1'].map((sizeGroup) =>
      of({ sizeGroup }),
    );
    expect(groups).toEqual(['topix100', 'topix100', 'mid400', 'mid400', 'other']);
    expect([of({ sizeGroup: null }), of({ synthetic: true })]).toEqual([undefined, undefined]);
    expect([groupsOf({ panel, records: [] }), lotsOf({ panel, records: [] })]).toEqual([
      [undefined, undefined],
      [100, 100],
    ]);
  });

  it('have dividends where some are known, or where prices have none left', async () => {
    const { records, panel, set } = await readUniverse(stores);
    expect([panel.dividends, panel.members, set]).toEqual([undefined, undefined, undefined]);
    const [one, other] = records;
    const whole = [one!, { ...other!, priceBasis: 'fully-adjusted' as const }];
    expect([...thoseWithDividends(whole, new Map())]).toEqual([second]);
    expect([...thoseWithDividends(records, new Map([[first, []]]))]).toEqual([first]);
    const dividend = {
      symbol: first,
      kind: 'dividend',
      date: dates[40]!,
      knownOn: dates[30]!,
      value: 7,
      source: 'test',
    } as const;
    await stores.priceFactors.upsertMany([dividend]);
    const { panel: paying, withDividends } = await readUniverse(stores);
    expect([paying.dividends!.paid[80], [...withDividends]]).toEqual([7, [first]]);
  });
});
