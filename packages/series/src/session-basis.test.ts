import { describe, expect, it } from 'vitest';
import { type DayPrices, type FinishedSession, sessionBasis } from './build-session-path.ts';

const day = (high: number, low: number, close: number): DayPrices => ({ high, low, close });

/** A session whose 5-minute bars lack nothing but the closing auction, in daily prices that are multiplied. */
function session(factor: number, { high, low, close } = day(1_020, 990, 1_004)): FinishedSession {
  return {
    daily: day(high * factor, low * factor, close * factor * 1.002),
    fiveMinutes: { high, low, close },
  };
}

const factorsOf = (...sessions: readonly FinishedSession[]) => [...sessionBasis(sessions)];

describe('the basis of 5-minute prices', () => {
  it('is that of traded prices where bars lack the auctions that made high, low and close', () => {
    const lacking = [
      { daily: day(1_035, 990, 1_010), fiveMinutes: day(1_020, 990, 1_004) },
      { daily: day(1_020, 970, 1_010), fiveMinutes: day(1_020, 990, 1_004) },
      { daily: day(1_035, 970, 1_035), fiveMinutes: day(1_001, 1_000, 1_000) },
    ];
    expect(factorsOf(...lacking)).toEqual([1, 1, 1]);
  });

  it('follows a split, at once and exactly', () => {
    const split = { daily: day(204.2, 198, 200.6), fiveMinutes: day(1_020, 990, 1_004) };
    const factors = factorsOf(session(1 / 5), split, session(1), session(1));
    expect(factors[0]).toBeCloseTo(1 / 5, 12);
    expect(factors[1]).toBeCloseTo(1 / 5, 12);
    expect(factors.slice(2)).toEqual([1, 1]);
    expect(factorsOf(session(1 / 5))[0]).toBeCloseTo(1 / 5, 12);
    expect(factorsOf(session(1.1))[0]).toBeCloseTo(1.1, 12);
  });

  it('changes on the ex-days of adjusted prices, whatever the bars of an ex-day lack', () => {
    const [before, between] = [0.953, 0.97];
    const exDay = { daily: day(1_040 * between, 990 * between, 1_000), fiveMinutes: day(1_020, 990, 1_004) };
    const factors = factorsOf(session(before), session(before), exDay, session(between), session(1), session(1));
    for (const [t, factor] of [before, before, between, between, 1, 1].entries()) {
      expect(factors[t], `session ${t}`).toBeCloseTo(factor, 9);
    }
  });

  it('stays where one session has a defective price, and needs no session with both kinds of bars', () => {
    const none = day(NaN, NaN, NaN);
    const within = { daily: day(1_010, 990, 1_004), fiveMinutes: day(1_020, 990, 1_004) };
    const below = { daily: day(1_010, 970, 1_000), fiveMinutes: day(1_020, 975, 1_004) };
    const halted = { daily: none, fiveMinutes: none };
    expect(factorsOf(session(1), within, below, halted, session(1))).toEqual([1, 1, 1, 1, 1]);
    expect(factorsOf(halted)).toEqual([1]);
  });
});
