import { dateOfDayNumber, instantOf, previousSession } from '@daytrade/market';
import type { IntradayColumns, Panel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import type { Stores } from '@daytrade/storage';
import { newStores } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFiveMinuteBars, readSessionPath } from '../session-path.ts';
import { readIntraday, readRunningSession } from './running-session.ts';

const [symbols, sessions] = [4, 8];
/** Flat sessions at 1,000 yen; the next one, which runs, is not among them. */
function panelOf(): Panel {
  const noise = noisePanel({ symbolCount: symbols, sessionCount: sessions + 1, seed: 1 });
  for (const name of ['open', 'high', 'low', 'close'] as const) noise[name].fill(1_000);
  return noise;
}
const whole = panelOf();
const size = sessions * symbols;
const panel: Panel = {
  ...whole,
  days: whole.days.slice(0, sessions),
  open: whole.open.slice(0, size),
  high: whole.high.slice(0, size),
  low: whole.low.slice(0, size),
  close: whole.close.slice(0, size),
  volume: whole.volume.slice(0, size),
};
const dateOf = (t: number) => dateOfDayNumber(whole.days[t]!);
const session = dateOf(sessions);
const code = (s: number) => panel.symbols[s]!.symbol;
type Row = readonly [t: number, time: string, open: number, high: number, low: number, close: number];

function columnsOf(...rows: readonly Row[]): IntradayColumns {
  const column = (place: number) => Float64Array.from(rows, (row) => row[place] as number);
  const times = Float64Array.from(rows, ([t, time]) => instantOf(dateOf(t), time));
  return { times, open: column(2), high: column(3), low: column(4), close: column(5), volume: times.map(() => 100) };
}

let stores: Stores & { readonly close: () => Promise<void> };
beforeAll(async () => {
  stores = await newStores(Date.now);
  const flat = (t: number, price: number): Row => [t, '09:00', price, price, price, price];
  await stores.bars.mergeManyIntraday([
    {
      symbol: code(0),
      bars: columnsOf(
        ...Array.from({ length: sessions }, (_, t) => flat(t, 1_000)),
        [sessions, '09:00', 1_010, 1_015, 1_005, 1_012],
        [sessions, '09:05', 1_012, 1_030, 1_011, 1_020],
      ),
    },
    // Its newest 5-minute bars are those before a split, which the daily bars know of already.
    {
      symbol: code(1),
      bars: columnsOf(...Array.from({ length: sessions }, (_, t) => flat(t, t < 6 ? 1_000 : 2_000)), [
        sessions,
        '09:05',
        2_010,
        2_040,
        2_000,
        2_020,
      ]),
    },
    // It has not traded yet.
    { symbol: code(2), bars: columnsOf(flat(2, 1_000), flat(6, 1_000)) },
  ]);
});
afterAll(() => stores.close());

const at = (clock: string) => instantOf(session, clock);
const runningAt = (horizon: string, clock: string, of: Panel = panel) =>
  readRunningSession(stores, of, { session, horizon: horizon as never, time: at(clock) });
const endOf = (value: number) => (Number.isNaN(value) ? undefined : new Date(value).toISOString());

describe('a running session', () => {
  it('has the bars that have ended, in the prices of the daily bars', async () => {
    const { now, isKnown, knownAt, reasonWithoutPrice } = await runningAt('close@09:15', '09:10');
    expect([...now.open]).toEqual([1_010, 1_005, NaN, NaN]);
    expect([...now.high]).toEqual([1_030, 1_020, NaN, NaN]);
    expect([...now.low]).toEqual([1_005, 1_000, NaN, NaN]);
    expect([...now.price]).toEqual([1_020, 1_010, NaN, NaN]);
    expect(isKnown).toBe(true);
    const times = [at('09:10'), at('09:10'), instantOf(dateOf(6), '09:05'), NaN];
    expect(Array.from(knownAt, endOf)).toEqual(times.map(endOf));
    expect([0, 1, 2, 3, undefined].map((s) => reasonWithoutPrice(s))).toEqual([
      undefined,
      undefined,
      'no-trade-yet',
      'needs-5-minute-bars',
      'needs-5-minute-bars',
    ]);
  });

  it('has a bar from its last millisecond on', async () => {
    const { now, knownAt, reasonWithoutPrice } = await readRunningSession(stores, panel, {
      session,
      horizon: 'close@09:15',
      time: at('09:10') - 1,
    });
    expect([...now.price]).toEqual([1_012, NaN, NaN, NaN]);
    expect(endOf(knownAt[0]!)).toBe(endOf(at('09:05')));
    expect(reasonWithoutPrice(1)).toBe('no-trade-yet');
  });

  it('is the opening price alone at the open', async () => {
    const { now, knownAt } = await runningAt('close@open', '09:05');
    for (const name of ['open', 'high', 'low', 'price'] as const)
      expect([...now[name]].slice(0, 2)).toEqual([1_010, NaN]);
    expect(Array.from(knownAt, endOf)).toEqual([0, 1, 2, 3].map(() => endOf(at('09:00'))));
  });

  it('has no price before the open, where the close before is what is known', async () => {
    const { now, isKnown, knownAt, reasonWithoutPrice } = await runningAt('close@08:30', '08:30');
    expect([[...now.price].every(Number.isNaN), isKnown, knownAt.length]).toEqual([true, true, symbols]);
    expect(endOf(knownAt[3]!)).toBe(endOf(instantOf(previousSession(session), '15:00')));
    expect(reasonWithoutPrice(3)).toBeUndefined();
  });

  it('has no source where no symbol has a bar of it', async () => {
    const few = { ...panel, symbols: [panel.symbols[2]!] };
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) few[name] = panel[name].slice(0, sessions);
    const { isKnown, reasonWithoutPrice } = await runningAt('close@09:15', '09:15', few);
    expect([isKnown, reasonWithoutPrice(0)]).toEqual([false, 'needs-5-minute-bars']);
  });
});

describe('stored 5-minute bars', () => {
  it('are those of a range, and none of a symbol that never had one', async () => {
    const read = await readIntraday(stores, panel.symbols, { from: dateOf(6), to: dateOf(7) });
    expect(read.map((own) => own?.times.length)).toEqual([2, 2, 1, undefined]);
    const none = await readIntraday(stores, panel.symbols, { from: dateOf(3), to: dateOf(4) });
    expect(none.map((own) => own?.times.length)).toEqual([2, 2, 0, undefined]);
  });

  it('are read of all sessions of a panel, which may be empty', async () => {
    const read = await readFiveMinuteBars(stores, panel);
    expect(read.map((own) => own?.times.length)).toEqual([sessions, sessions, 2, undefined]);
    const empty = { ...panel, days: new Int32Array(0) };
    expect(await readFiveMinuteBars(stores, empty)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('are read of the newest 250 sessions of a longer panel', async () => {
    const long = noisePanel({ symbolCount: symbols, sessionCount: 253, seed: 1 });
    const counts = async (of: Panel) => (await readFiveMinuteBars(stores, of)).map((own) => own?.times.length);
    // The first three sessions are left out, of nine that have bars.
    expect(await counts(long)).toEqual([7, 6, 1, undefined]);
    expect(await counts({ ...long, days: long.days.slice(0, 250) })).toEqual([10, 9, 2, undefined]);
  });

  it('make the paths of sessions, without any where there is no bar', async () => {
    const path = await readSessionPath(stores, panel);
    expect([path?.from, path?.basis.length]).toEqual([0, size]);
    expect([...path!.basis.subarray(0, 2)]).toEqual([1, 1]);
    expect([...path!.basis.subarray(7 * symbols, 7 * symbols + 2)]).toEqual([1, 0.5]);
    expect(await readSessionPath(stores, { ...panel, symbols: [panel.symbols[3]!] })).toBeUndefined();
  });
});
