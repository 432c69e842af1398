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

  it('follow from the runs at each limit, counted for either side', () => {
    const twoDown = runsAfter(runsAfter(runsFrom(1_000), today, flat(700), 'standard'), today, flat(550), 'standard');
    expect(twoDown).toEqual({ down: { base: 550, sessions: 2 }, up: { base: 550, sessions: 0 } });
    const twoUp = runsAfter(runsAfter(runsFrom(1_000), today, flat(1_300), 'standard'), today, flat(1_600), 'standard');
    expect(twoUp).toEqual({ down: { base: 1_600, sessions: 0 }, up: { base: 1_600, sessions: 2 } });
    expect([isWidened(twoDown, today), isWidened(twoUp, today)]).toEqual([true, true]);
    expect(halted(2)).toEqual({ down: { base: 550, sessions: 2 }, up: { base: 1_600, sessions: 2 } });
    // A single price that is at neither limit, and trades at more than one.
    expect(runsAfter(halted(2), today, flat(1_000), 'standard')).toEqual(runsFrom(1_000));
    expect(runsAfter(halted(2), today, { open: 150, high: 160, low: 150, close: 155 }, 'standard')) //
      .toEqual(runsFrom(155));
  });

  it('take a price within a millionth of a limit for the limit, as one in single precision', () => {
    // The limits around 1,300,000 yen are 1,000,000 and 1,600,000.
    const sessionsAfter = (price: number) => {
      const { down, up } = runsAfter(runsFrom(1_300_000), today, flat(price), 'standard');
      return [down.sessions, up.sessions];
    };
    expect([999_999, 1_000_001, 1_000_001.5, 1_599_998.5, 1_600_001].map(sessionsAfter)).toEqual([
      [1, 0],
      [1, 0],
      [0, 0],
      [0, 1],
      [0, 1],
    ]);
  });

  it('differ by side where one base has a run at a limit', () => {
    const run = (base: number, sessions: number) => ({ base, sessions });
    expect(sessionLimits({ down: run(1_000, 0), up: run(1_000, 2) }, today, 'standard')) //
      .toEqual({ lower: 700, upper: 2_200 });
    expect(sessionLimits({ down: run(1_000, 2), up: run(1_000, 0) }, today, 'standard')) //
      .toEqual({ lower: 1, upper: 1_300 });
    expect(sessionLimits({ down: run(1_000, 0), up: run(2_000, 0) }, today, 'standard')) //
      .toEqual({ lower: 700, upper: 2_500 });
  });

  it('follow the new rule from 2020-08-03 on', () => {
    const first = dayNumber(parseTradeDate('2020-08-03'));
    expect([first - 1, first].map((day) => isWidened(halted(2), day))).toEqual([false, true]);
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
