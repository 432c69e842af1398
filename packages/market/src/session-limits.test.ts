import { describe, expect, it } from 'vitest';
import { isWidened, type LimitRuns, runsAfter, runsFrom, sessionLimits } from './session-limits.ts';
import { dayNumber, parseTradeDate } from './trade-date.ts';

const today = dayNumber(parseTradeDate('2026-11-25'));
const before = dayNumber(parseTradeDate('2020-07-31'));

function halted(sessions: number, day = today): LimitRuns {
  let runs = runsFrom(1_000);
  for (let session = 0; session < sessions; session += 1) runs = runsAfter(runs, day, undefined, 'standard');
  return runs;
}

const flat = (price: number) => ({ open: price, high: price, low: price, close: price });

describe('limits of a session', () => {
  it('are the ordinary ones around a close within them', () => {
    expect(sessionLimits(runsFrom(1_000), today, 'standard')).toEqual({ lower: 700, upper: 1_300 });
    expect(isWidened(runsFrom(1_000), today)).toBe(false);
  });

  it('start from the limit after a session without a trade, and are four times as wide after two', () => {
    expect(sessionLimits(halted(1), today, 'standard')).toEqual({ lower: 550, upper: 1_600 });
    expect(isWidened(halted(1), today)).toBe(false);
    // From 550 yen the limit is 100, from 1,600 it is 400.
    expect(sessionLimits(halted(2), today, 'standard')).toEqual({ lower: 150, upper: 3_200 });
    expect(isWidened(halted(2), today)).toBe(true);
  });

  it('were twice as wide after three sessions before 2020-08-03', () => {
    expect(sessionLimits(halted(2, before), before, 'standard')).toEqual({ lower: 450, upper: 2_000 });
    // From 450 yen the limit is 80, from 2,000 it is 500.
    expect(sessionLimits(halted(3, before), before, 'standard')).toEqual({ lower: 290, upper: 3_000 });
  });

  it('are widened on one side after sessions with trades at that limit alone', () => {
    let runs = runsAfter(runsFrom(1_000), today, flat(700), 'standard');
    expect(sessionLimits(runs, today, 'standard')).toEqual({ lower: 550, upper: 850 });
    runs = runsAfter(runs, today, flat(550), 'standard');
    expect(sessionLimits(runs, today, 'standard')).toEqual({ lower: 150, upper: 650 });
    const rising = runsAfter(runsAfter(runsFrom(1_000), today, flat(1_300), 'standard'), today, undefined, 'standard');
    expect(sessionLimits(rising, today, 'standard')).toEqual({ lower: 700, upper: 3_200 });
  });

  it('stay widened while the widened limit is all that is traded, and no longer', () => {
    const at = runsAfter(halted(2), today, flat(150), 'standard');
    expect(isWidened(at, today)).toBe(true);
    expect(sessionLimits(at, today, 'standard')).toEqual({ lower: 1, upper: 200 });
    for (const prices of [flat(300), { open: 150, high: 160, low: 150, close: 150 }]) {
      expect(isWidened(runsAfter(halted(2), today, prices, 'standard'), today)).toBe(false);
    }
  });
});
