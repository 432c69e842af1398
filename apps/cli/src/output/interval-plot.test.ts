import { type JudgedPrediction, tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { plotIntervals } from './interval-plot.ts';

const plain = { columns: 80, colour: false, target: 0.93 };

function judged(close: number | null, index: number): JudgedPrediction {
  const inside = close === null ? null : close >= 900 && close <= 1100;
  const session = tradeDateSchema.parse(`2026-10-${String(index + 1).padStart(2, '0')}`);
  const bounds = { lastClose: 1000, lower: 900, centre: 1000, upper: 1100 };
  return { session, ...bounds, close, inside, probabilityUp: 0.5, modelVersion: 'm1', source: 'live' };
}

describe('plotIntervals', () => {
  it('marks each judged session below its point, and counts those inside', () => {
    const closes = [1000, 1010, 1200, 990, null];
    const lines = plotIntervals('0101 架空電機', closes.map(judged), plain).split('\n');
    expect(lines[0]).toBe('0101 架空電機  2026-10-01 to 2026-10-04: the bounds, and the close between them (yen)');
    expect(lines.at(-2)).toBe('· inside  x outside: 3 of 4 inside (75.0 %, promised 93 %)');
    expect(lines.at(-3)?.trim()).toBe('··x·');
    // The highest label is the highest close, and its peak stands above its mark.
    expect(lines[1]).toMatch(/^ {4}1200\.0 ┤ ╭╮ *$/);
    expect(lines.at(-3)?.indexOf('x')).toBe(lines[1]?.indexOf('╭'));
  });

  it('says what was published', () => {
    const history = [1000, 1010, 990].map(judged);
    const text = plotIntervals('0101', [{ ...history[0]!, source: 'walk-forward' }, ...history.slice(1)], plain);
    expect(text).toMatch(/\n2 were published before their session, 1 reconstructed by evaluation, in time order$/);
  });

  it('says how many are judged by a close that was restated later', () => {
    const [first, ...others] = [1000, 1010].map(judged);
    const text = plotIntervals('0101', [{ ...first!, restatedClose: 1200 }, ...others], plain);
    expect(text).toMatch(/2 of 2 inside.*\n.*; 1 judged by a close that was restated$/);
  });

  it('shows the newest sessions that fit into the terminal', () => {
    const history = Array.from({ length: 28 }, (_, index) => judged(1000 + index, index));
    const lines = plotIntervals('0101', history, { ...plain, columns: 31 }).split('\n');
    expect(lines.at(-3)?.trim()).toHaveLength(20);
    expect(lines[0]).toContain('2026-10-09 to 2026-10-28');
    for (const line of lines.slice(1, -2)) expect(line.trimEnd().length).toBeLessThanOrEqual(31);
  });

  it('colours only where it may', () => {
    const history = [1000, 1010].map(judged);
    const controlSequence = '\u001b[';
    expect(plotIntervals('0101', history, plain)).not.toContain(controlSequence);
    expect(plotIntervals('0101', history, { ...plain, colour: true })).toContain(controlSequence);
  });

  it('says so when there is too little to plot', () => {
    expect(plotIntervals('0101', [judged(1000, 0), judged(null, 1)], plain)).toBe(
      '0101: fewer than two judged sessions',
    );
  });
});
