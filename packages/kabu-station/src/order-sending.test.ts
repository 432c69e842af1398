import { describe, expect, it } from 'vitest';
import { hours, runOneOrder } from './testing/run-one-order.ts';

describe('an order', () => {
  it('is sent, filled at the open and closed at the close', async () => {
    const { outcome, states, simulator } = await runOneOrder();
    expect(outcome).toEqual({ halted: undefined, remaining: [] });
    expect(states).toEqual(['buy filled', 'sell filled']);
    expect(simulator.orders.map(({ fills }) => fills.map(({ at }) => at))).toEqual([[hours.open], [hours.close]]);
  });

  it.each([
    ['no answer', { acceptedThenTimeout: 1 }],
    ['status 400', { acceptedThen400: 1 }],
  ])('that was taken with %s is found among the orders and not sent again', async (_, faults) => {
    const { states, simulator, held } = await runOneOrder({ faults });
    expect(simulator.asked).toBe(2);
    expect(states).toEqual(['buy filled', 'sell filled']);
    expect(held).toEqual({ long: 0, short: 0 });
  });

  it('that was lost is not sent again either', async () => {
    const { outcome, states, simulator } = await runOneOrder({ faults: { lostThenTimeout: 1 } });
    expect({ asked: simulator.asked, taken: simulator.orders.length, states }).toEqual({
      asked: 1,
      taken: 0,
      states: ['buy cancelled'],
    });
    expect(outcome).toEqual({ halted: undefined, remaining: [] });
  });

  it('that is stuck and hides its fills halts the session, which closes what the broker holds', async () => {
    const { outcome, simulator, held } = await runOneOrder({ faults: { stuck: 1 } });
    const isHidden = !simulator.orders[0]!.isLost;
    expect(outcome.halted?.startsWith('positions differ: 7203')).toBe(isHidden);
    expect(held.long === 0 || outcome.remaining.length > 0).toBe(true);
  });

  it('is closed within a minute after the paper book was halted', async () => {
    const haltedAt = hours.open + 3_600_000;
    const { outcome, simulator, held } = await runOneOrder({ paperHaltsAt: haltedAt });
    expect(outcome).toEqual({ halted: 'the paper book is halted: by the page', remaining: [] });
    expect(held).toEqual({ long: 0, short: 0 });
    expect(simulator.orders[1]!.fills[0]!.at - haltedAt).toBeLessThan(60_000);
  });

  it('beyond a limit never leaves', async () => {
    const { simulator, states } = await runOneOrder({ limits: { maxPosition: 1_000 } });
    expect({ asked: simulator.asked, states }).toEqual({ asked: 0, states: ['buy cancelled'] });
  });
});

it('goes on after the logout at dawn and a stream that is cut at the open', async () => {
  const { outcome, states, logins } = await runOneOrder({
    faults: {
      logout: { from: hours.open - 9_000_000, to: hours.open - 3_600_000 },
      cut: { at: hours.open, silently: true },
    },
  });
  expect(logins).toBeGreaterThan(1);
  expect({ outcome, states }).toEqual({
    outcome: { halted: undefined, remaining: [] },
    states: ['buy filled', 'sell filled'],
  });
});
