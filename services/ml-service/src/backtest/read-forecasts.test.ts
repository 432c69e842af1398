import { type Panel, seededRandom } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { expect, it } from 'vitest';
import { skilledSessions } from './read-forecasts.ts';

const [symbols, sessions, half] = [12, 240, 120];
const panel = noisePanel({ symbolCount: symbols, sessionCount: sessions, seed: 6 });

/** Forecasts by luck, and from a session on those of somebody who knows each close. */
function centreFrom(known: number): Float64Array {
  const random = seededRandom(3);
  return panel.close.map((close, row) => {
    const last = panel.close[row - symbols] ?? NaN;
    return row < known * symbols ? last * (1 + 0.02 * (random() - 0.5)) : close;
  });
}

function firstSessions({ days, close, ...rest }: Panel, count: number): Panel {
  return { ...rest, days: days.slice(0, count), close: close.slice(0, count * symbols) };
}

it('says nothing of a session by what came after it', () => {
  const skilled = skilledSessions(panel, centreFrom(half));
  expect(skilled.subarray(0, half + 1).includes(1)).toBe(false);
  expect(skilled.at(-1)).toBe(1);
  const cut = skilledSessions(firstSessions(panel, 200), centreFrom(half));
  expect([...cut]).toEqual([...skilled.subarray(0, 200)]);
});

it('measures no skill in luck', () => {
  expect(skilledSessions(panel, centreFrom(sessions)).includes(1)).toBe(false);
});
