import { dateOfDayNumber, parseTradeDate } from '@daytrade/market';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { endedSymbols, stretchOf } from './judged-stretch.ts';

const panel = noisePanel({ symbolCount: 2, sessionCount: 40, seed: 4 });
const session = (t: number) => dateOfDayNumber(panel.days[t]!);

describe('the stretch that is judged', () => {
  it('is the whole panel where no day is named', () => {
    expect(stretchOf(panel, {})).toMatchObject({ panel, options: { judgedSessions: 500 } });
  });

  it('holds the first and the last day, and no bar after it', () => {
    const stretch = stretchOf(panel, { from: session(10), to: session(29) });
    expect(stretch.options.judgedSessions).toBe(20);
    expect(stretch.panel.days.at(-1)).toBe(panel.days[29]);
    expect(stretch.panel.close).toHaveLength(2 * 30);
    expect(stretchOf(panel, { to: session(29) }).options.judgedSessions).toBe(500);
    expect(stretchOf(panel, { from: session(30) })).toMatchObject({ panel, options: { judgedSessions: 10 } });
  });

  it('takes days between sessions, and those beyond the bars', () => {
    const stretch = stretchOf(panel, { from: parseTradeDate('2001-01-01'), to: parseTradeDate('2029-12-31') });
    expect(stretch).toMatchObject({ panel, options: { judgedSessions: 40 } });
  });

  it('is refused where no session lies in it, with the days that there are', () => {
    const late = { from: parseTradeDate('2029-01-01') };
    const words = `from 2029-01-01: expected days with sessions; the bars are of ${session(0)} to ${session(39)}`;
    expect(() => stretchOf(panel, late)).toThrow(words);
    expect(() => stretchOf(panel, { to: parseTradeDate('2001-01-04') })).toThrow(/^to 2001-01-04: expected days/);
    expect(() => stretchOf(panel, { from: session(5), to: session(4) })).toThrow(
      `from ${session(5)} to ${session(4)}: expected days with sessions; the bars are of`,
    );
    const none = noisePanel({ symbolCount: 2, sessionCount: 0, seed: 4 });
    expect(() => stretchOf(none, { to: session(4) })).toThrow('expected days with sessions; there are no bars');
    expect(stretchOf(panel, { from: session(5), to: session(5) }).options.judgedSessions).toBe(1);
  });
});

const bars = noisePanel({ symbolCount: 3, sessionCount: 40, seed: 4 });

/** The bars with the closes of one symbol gone in its newest sessions. */
function without(symbol: number, sessions: number) {
  const close = bars.close.slice();
  for (let t = 40 - sessions; t < 40; t += 1) close[t * 3 + symbol] = NaN;
  return { ...bars, close };
}

describe('symbols that ended', () => {
  it('have no bar in the newest sessions; a short halt does not count', () => {
    expect(endedSymbols(bars)).toBe(0);
    expect(endedSymbols(without(1, 5))).toBe(0);
    expect(endedSymbols(without(1, 6))).toBe(1);
  });

  it('are none of those that traded in a panel of a few sessions', () => {
    const few = noisePanel({ symbolCount: 3, sessionCount: 4, seed: 4 });
    const close = few.close.map((price, row) => (row % 3 === 1 && row > 1 ? NaN : price));
    expect(endedSymbols({ ...few, close })).toBe(0);
    expect(endedSymbols({ ...few, close: close.map((price, row) => (row === 1 ? NaN : price)) })).toBe(1);
  });
});
