import { describe, expect, it } from 'vitest';
import { noiseData } from '../testing/noise-data.ts';
import { countedSessions, KnownData, nothingToJudge } from './backtest-data.ts';

const [symbols, sessions] = [2, 30];
const noise = noiseData({ symbols, sessions, seed: 6 });

describe('the sessions that count', () => {
  const counted = (from: number, to: number, needsForecasts = false, data = noise) =>
    countedSessions(data, { needsForecasts }, from, to);

  it.each([
    [0, 24, [21, 22, 23]],
    [21, 23, [21, 22]],
    [22, 24, [22, 23]],
    [28, 99, [28, 29]],
    [25, 25, []],
    [0, 21, []],
  ])('from %i to %i begin after 21 sessions and end with the panel', (from, to, expected) => {
    expect(counted(from, to)).toEqual(expected);
  });

  it('are those with a forecast of any symbol for a strategy that needs one', () => {
    const lower = new Float64Array(symbols * sessions).fill(NaN);
    lower[23 * symbols] = 1;
    lower[25 * symbols + 1] = 1_000;
    lower[27 * symbols] = 0;
    const forecasts = { ...noise.forecasts!, lower };
    expect(counted(0, sessions, true, { ...noise, forecasts })).toEqual([23, 25]);
    expect(counted(0, sessions, true, { ...noise, forecasts: undefined })).toEqual([]);
    expect(counted(27, sessions, false, { ...noise, forecasts })).toEqual([27, 28, 29]);
  });

  it('say what lacks where they are too few', () => {
    expect(nothingToJudge(true).message).toBe(
      '--from, --to: fewer than 2 sessions have forecasts; run `daytrade evaluate` or `daytrade predict` first',
    );
    expect(nothingToJudge(false)).toMatchObject({
      message: '--from, --to: fewer than 2 sessions are left after the 21 that volatility and volume are taken from',
      details: { field: '--from' },
    });
  });
});

it('holds what is known before a session, and nothing of later ones', () => {
  const members = Uint8Array.from({ length: symbols * sessions }, (_, row) => (row % 3 === 0 ? 0 : 1));
  const all = { ...noise, panel: { ...noise.panel, members } };
  const known = new KnownData(all);
  const { panel, limits, forecasts } = known.data;
  for (const t of [3, 4, 9]) {
    known.goTo(t);
    const [finished, coming] = [t * symbols, (t + 1) * symbols];
    for (const [own, whole] of [
      ...(['open', 'high', 'low', 'close', 'volume'] as const).map((name) => [panel[name], all.panel[name]] as const),
      [limits.lower, all.limits.lower] as const,
      [limits.upper, all.limits.upper] as const,
    ]) {
      expect(own.subarray(0, finished)).toEqual(whole.subarray(0, finished));
      expect(own.subarray(finished).every(Number.isNaN)).toBe(true);
    }
    for (const name of ['centre', 'lower', 'upper'] as const) {
      // The first session has no forecast.
      expect(forecasts![name].subarray(symbols, coming)).toEqual(all.forecasts![name].subarray(symbols, coming));
      expect(forecasts![name].subarray(coming).every(Number.isNaN)).toBe(true);
    }
    expect(panel.members!.subarray(symbols, coming)).toEqual(members.subarray(symbols, coming));
    expect(panel.members!.subarray(coming).every((member) => member === 0)).toBe(true);
  }
});
