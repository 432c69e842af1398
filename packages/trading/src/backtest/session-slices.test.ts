import { dateOfDayNumber, instantOf, sessionTimes } from '@daytrade/market';
import { noisePanel } from '@daytrade/series/testing';
import { expect, it } from 'vitest';
import { SessionSlices } from './session-slices.ts';

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
  const flat = Float64Array.of(1_000, 1_000);
  const slices = new SessionSlices(panel, [{ times, open: flat, high, low, close: flat, volume: flat }]);
  // The first session shows that both kinds of bars have the same prices, whether or not it was asked for.
  expect(slices.bars(1, 0)).toEqual([{ open: 1_005, high: 1_005, low: 995, close: 995, volume: 1_000 }]);
});
