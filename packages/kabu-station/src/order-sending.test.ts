import type { TradeDate } from '@daytrade/market';
import { PaperBook } from '@daytrade/paper';
import { MemoryLog } from '@daytrade/paper/testing';
import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { KabuClient } from './kabu-client.ts';
import { LiveSession } from './live-session.ts';
import { liveHours } from './session-hours.ts';
import { CrashingProcess } from './testing/crashing-process.ts';
import { type FaultPlan, withoutFaults } from './testing/faults.ts';
import { KabuSimulator } from './testing/kabu-simulator.ts';
import { PricePath } from './testing/price-path.ts';
import { paperSettings, randomConfirmation } from './testing/random-orders.ts';
import { SimulatedClock } from './testing/simulated-clock.ts';

const session = '2026-11-30' as TradeDate;
const hours = liveHours(session);

/** One order to buy 100 shares at the open, through a session with some faults. */
async function run(faults: Partial<FaultPlan>, maxPosition = 1e6, paperHaltsAt = Infinity) {
  const random = seededRandom(1);
  const clock = new SimulatedClock(hours.preOpen - 10_800_000);
  const paths = new Map([['7203', new PricePath(hours, random, 0)]]);
  const simulator = new KabuSimulator({
    clock,
    hours,
    random,
    faults: { ...withoutFaults, longestLag: 30_000, ...faults },
    paths,
    password: 'secret',
  });
  const log = new MemoryLog();
  const { transport } = new CrashingProcess({ log, simulator, clock, random, crashing: 0 });
  const { limits, ...confirmation } = randomConfirmation(random);
  const order = { symbol: '7203', side: 'buy', shares: 100, type: 'market', time: 'open', price: null } as const;
  const client = new KabuClient({ transport, password: () => 'secret', clock });
  const parts = {
    log,
    client,
    openStream: (listener: Parameters<KabuSimulator['listen']>[0]) => simulator.listen(listener),
    clock,
    confirmation: { ...confirmation, limits: { ...limits, maxPosition, maxExposure: 2e6, maxSessionLoss: 1e6 } },
    decision: async () => ({
      settings: paperSettings,
      orders: [{ ...order, stopLoss: null, takeProfit: null, closes: true }],
    }),
    paperHalt: async () => (clock.now() < paperHaltsAt ? undefined : 'by the page'),
    say: () => undefined,
  };
  const outcome = await new LiveSession(parts, session).run();
  simulator.advance();
  const states = [...new PaperBook(log.events).orders.values()].map(({ side, state }) => `${side} ${state}`);
  return { outcome, states, simulator, logins: client.logins, held: simulator.held('7203') };
}

describe('an order', () => {
  it('is sent, filled at the open and closed at the close', async () => {
    const { outcome, states, simulator } = await run({});
    expect(outcome).toEqual({ halted: undefined, remaining: [] });
    expect(states).toEqual(['buy filled', 'sell filled']);
    expect(simulator.orders.map(({ fills }) => fills.map(({ at }) => at))).toEqual([[hours.open], [hours.close]]);
  });

  it.each([
    ['no answer', { acceptedThenTimeout: 1 }],
    ['status 400', { acceptedThen400: 1 }],
  ])('that was taken with %s is found among the orders and not sent again', async (_, faults) => {
    const { states, simulator, held } = await run(faults);
    expect(simulator.asked).toBe(2);
    expect(states).toEqual(['buy filled', 'sell filled']);
    expect(held).toEqual({ long: 0, short: 0 });
  });

  it('that was lost is not sent again either', async () => {
    const { outcome, states, simulator } = await run({ lostThenTimeout: 1 });
    expect({ asked: simulator.asked, taken: simulator.orders.length, states }).toEqual({
      asked: 1,
      taken: 0,
      states: ['buy cancelled'],
    });
    expect(outcome).toEqual({ halted: undefined, remaining: [] });
  });

  it('that is stuck and hides its fills halts the session, which closes what the broker holds', async () => {
    const { outcome, simulator, held } = await run({ stuck: 1 });
    const isHidden = !simulator.orders[0]!.isLost;
    expect(outcome.halted?.startsWith('positions differ: 7203')).toBe(isHidden);
    expect(held.long === 0 || outcome.remaining.length > 0).toBe(true);
  });

  it('is closed within a minute after the paper book was halted', async () => {
    const haltedAt = hours.open + 3_600_000;
    const { outcome, simulator, held } = await run({}, 1e6, haltedAt);
    expect(outcome).toEqual({ halted: 'the paper book is halted: by the page', remaining: [] });
    expect(held).toEqual({ long: 0, short: 0 });
    expect(simulator.orders[1]!.fills[0]!.at - haltedAt).toBeLessThan(60_000);
  });

  it('beyond a limit never leaves', async () => {
    const { simulator, states } = await run({}, 1_000);
    expect({ asked: simulator.asked, states }).toEqual({ asked: 0, states: ['buy cancelled'] });
  });
});

it('goes on after the logout at dawn and a stream that is cut at the open', async () => {
  const { outcome, states, logins } = await run({
    logout: { from: hours.open - 9_000_000, to: hours.open - 3_600_000 },
    cut: { at: hours.open, silently: true },
  });
  expect(logins).toBeGreaterThan(1);
  expect({ outcome, states }).toEqual({
    outcome: { halted: undefined, remaining: [] },
    states: ['buy filled', 'sell filled'],
  });
});
