import { dateOfDayNumber, instantOf, sessionTimes } from '@daytrade/market';
import type { IntradayColumns, Panel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { SessionSlices } from './session-slices.ts';

type Candle = readonly [open: number, high: number, low: number, close: number, volume: number];

/** Two symbols in three sessions at 1,000 yen. */
function flatPanel(): Panel {
  const panel = noisePanel({ symbolCount: 2, sessionCount: 3, seed: 1 });
  for (const name of ['open', 'high', 'low', 'close'] as const) panel[name].fill(1_000);
  return panel;
}

function dayOf(panel: Panel, t: number) {
  return dateOfDayNumber(panel.days[t]!);
}

/** Columns of bars at times of the sessions: '1 09:00' for the beginning of session 1. */
function columnsOf(panel: Panel, rows: readonly (readonly [time: string, ...Candle])[]): IntradayColumns {
  const column = (place: number) => Float64Array.from(rows, (row) => row[place] as number);
  const times = Float64Array.from(rows, ([time]) => {
    const [t, clock] = time.split(' ');
    return instantOf(dayOf(panel, Number(t)), clock!);
  });
  return { times, open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
}

const flat: Candle = [1_000, 1_000, 1_000, 1_000, 500];

it('has the open and the close of the day within a bar that is the only one', () => {
  const panel = noisePanel({ symbolCount: 1, sessionCount: 2, seed: 1 });
  const [high, low] = [Float64Array.of(1_010, 1_002), Float64Array.of(990, 998)];
  panel.high.set([1_010, 1_005]);
  panel.low.set([990, 995]);
  panel.open.set([1_000, 1_005]);
  panel.close.set([1_000, 995]);
  const times = Float64Array.from(panel.days, (day) => {
    const date = dateOfDayNumber(day);
    return instantOf(date, sessionTimes(date).morningOpen);
  });
  const level = Float64Array.of(1_000, 1_000);
  const slices = new SessionSlices(panel, [{ times, open: level, high, low, close: level, volume: level }]);
  // The first session shows that both kinds of bars have the same prices, whether or not it was asked for.
  expect(slices.bars(1, 0)).toEqual([{ open: 1_005, high: 1_005, low: 995, close: 995, volume: 1_000 }]);
  expect(slices.bars(0, 0)).toEqual([{ open: 1_000, high: 1_010, low: 990, close: 1_000, volume: 1_000 }]);
});

describe('the bars of a session', () => {
  const panel = flatPanel();
  const { close } = sessionTimes(dayOf(panel, 1));
  const after = new Date(Date.parse(`1970-01-01T${close}:00Z`) + 300_000).toISOString().slice(11, 16);
  panel.open[2] = 1_020;
  panel.close[2] = 970;
  const own = columnsOf(panel, [
    ['0 09:00', ...flat],
    ['1 08:55', 1, 1, 1, 1, 1],
    ['1 09:00', 1_005, 1_010, 1_001, 1_002, 100],
    // Without a trade, and with a part of one.
    ['1 09:05', NaN, NaN, NaN, NaN, 0],
    ['1 09:10', 1_000, 1_000, 1_000, NaN, 0],
    ['1 09:15', 1_002, 1_030, 990, 1_001, 200],
    [`1 ${close}`, 1_001, 1_003, 980, 1_000, 300],
    [`1 ${after}`, 1, 1, 1, 1, 1],
    ['2 09:00', ...flat],
  ]);
  const slices = new SessionSlices(panel, [own, columnsOf(panel, [['0 09:00', ...flat]])]);

  it('are those from the open to the closing auction, with the open and the close of the day', () => {
    expect(slices.bars(1, 0)).toEqual([
      { open: 1_020, high: 1_020, low: 1_001, close: 1_002, volume: 100 },
      { open: 1_002, high: 1_030, low: 990, close: 1_001, volume: 200 },
      { open: 1_001, high: 1_003, low: 970, close: 970, volume: 300 },
    ]);
    expect(slices.bars(0, 1)).toEqual([{ open: 1_000, high: 1_000, low: 1_000, close: 1_000, volume: 500 }]);
  });

  it('reach down to an open and up to a close beyond them', () => {
    const other = { ...panel, open: panel.open.slice(), close: panel.close.slice() };
    other.open[2] = 985;
    other.close[2] = 1_040;
    const [first, , last] = new SessionSlices(other, [own, undefined]).bars(1, 0);
    expect(first).toEqual({ open: 985, high: 1_010, low: 985, close: 1_002, volume: 100 });
    expect(last).toEqual({ open: 1_001, high: 1_040, low: 980, close: 1_040, volume: 300 });
  });

  it('are none of a symbol without any, nor of a session without any', () => {
    expect(slices.bars(1, 1)).toEqual([]);
    const without = new SessionSlices(panel, [undefined, columnsOf(panel, [])]);
    expect([without.bars(1, 0), without.bars(1, 1)]).toEqual([[], []]);
  });
});

it('has the prices of the panel where the 5-minute ones are those before a split', () => {
  const panel = flatPanel();
  panel.high.fill(1_010);
  panel.low.fill(990);
  panel.close.fill(995);
  panel.open.fill(1_005);
  const before = [2_010, 2_020, 1_980, 1_990, 500] as const;
  const own = columnsOf(panel, [
    ['0 09:00', ...before],
    ['1 09:00', ...before],
    ['2 09:00', ...before],
    // The close of the first of two bars is not that of the day.
    ['2 09:05', 1_990, 1_996, 1_984, 1_990, 300],
  ]);
  const expected = { open: 1_005, high: 1_010, low: 990, close: 995, volume: 1_000 };
  const slices = new SessionSlices(panel, [undefined, own]);
  expect([slices.bars(1, 1), slices.bars(2, 1)]).toEqual([
    [expected],
    [expected, { open: 995, high: 998, low: 992, close: 995, volume: 600 }],
  ]);
});
