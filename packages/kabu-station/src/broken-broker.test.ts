import { describe, expect, it } from 'vitest';
import type { LiveClock } from './live-clock.ts';
import { RateLimiter } from './rate-limiter.ts';
import { hours, type OneOrder, runOneOrder } from './testing/run-one-order.ts';
import { type KabuReply, NoAnswer } from './transport.ts';

const minute = 60_000;
const down: KabuReply = { status: 500, body: { Code: 4001001, Message: 'down' } };

/** A broker that answers some requests with an error, from an instant to another. */
function brokenAt(path: RegExp, from: number, to = Infinity): NonNullable<OneOrder['through']> {
  return (broker, { clock }) =>
    async (request) =>
      path.test(request.path) && clock.now() >= from && clock.now() < to ? down : await broker(request);
}

describe('a session whose broker answers only in part', () => {
  it('sends nothing before the orders of the broker were looked through', async () => {
    const { simulator } = await runOneOrder({ through: brokenAt(/^\/orders/, 0) });
    expect(simulator.asked).toBe(0);
  });

  it('halts where the prices of what it holds never come, and closes it', async () => {
    const { outcome, held } = await runOneOrder({
      faults: { cut: { at: hours.open, silently: true } },
      through: brokenAt(/^\/(board|register)/, hours.open - 20_000),
    });
    expect(outcome).toEqual({ halted: 'the prices of what is held are too old', remaining: [] });
    expect(held).toEqual({ long: 0, short: 0 });
  });

  it('closes what it holds within a minute after a halt where positions cannot be read', async () => {
    const haltedAt = hours.open + 60 * minute;
    const through = brokenAt(/^\/positions/, haltedAt - 5 * minute, hours.close);
    const { held, simulator } = await runOneOrder({ paperHaltsAt: haltedAt, through });
    expect(held).toEqual({ long: 0, short: 0 });
    expect(simulator.orders[1]!.fills[0]!.at - haltedAt).toBeLessThan(minute);
  });

  it('goes on to close after a halt for as long as the broker takes no order', async () => {
    const haltedAt = hours.open + 10 * minute;
    const takesAgain = haltedAt + 15 * minute;
    const through = brokenAt(/^\/sendorder/, haltedAt, takesAgain);
    const { held, simulator } = await runOneOrder({ paperHaltsAt: haltedAt, through });
    expect(held).toEqual({ long: 0, short: 0 });
    expect(simulator.orders[1]!.fills[0]!.at - takesAgain).toBeLessThan(2 * minute);
  });

  it('says that it does not know what is held where the broker does not answer at the end', async () => {
    const through: OneOrder['through'] =
      (broker, { clock }) =>
      async (request) => {
        if (clock.now() < hours.close - minute) return await broker(request);
        throw new NoAnswer(request.path);
      };
    const { outcome } = await runOneOrder({ through });
    expect(outcome.remaining).toEqual(['7203', 'perhaps more, since the broker does not answer']);
  });

  it('sends the orders of other symbols where one has no price', async () => {
    const { simulator } = await runOneOrder({ order: () => ({ symbol: '0000' }), more: ['7203'] });
    expect(simulator.orders.map(({ request }) => request.Symbol)).toEqual(['7203', '7203']);
  });
});

it('takes no close of the day before for a price of today', async () => {
  // The broker pushes quotes before the first trade, in which there is no price yet.
  const pushes: OneOrder['pushes'] = (listener, { clock, path }) => {
    const text = JSON.stringify({ Symbol: '7203', CurrentPrice: null, PreviousClose: path.base * 2 });
    for (let at = hours.open - 5_000; at < hours.open + 5_000; at += 1_000) clock.at(at, () => listener.message(text));
  };
  const order = (base: number) => ({ takeProfit: base * 1.9 });
  const { simulator, outcome } = await runOneOrder({ pushes, order });
  expect(outcome.halted).toBeUndefined();
  expect(simulator.orders[1]!.fills[0]!.at).toBe(hours.close);
});

it('holds a sale at the last price against the limits, where its limit is below', async () => {
  const order = (base: number) => ({ side: 'sell', type: 'limit', price: Math.round(base * 0.96) }) as const;
  const all = await runOneOrder({ order });
  const base = all.simulator.orders[0]!.request.Price / 0.96;
  const { simulator } = await runOneOrder({ order, limits: { maxPosition: 98 * base } });
  expect({ without: all.simulator.asked > 0, asked: simulator.asked }).toEqual({ without: true, asked: 0 });
});

it('holds nothing back for as long as a clock was put back by', async () => {
  let now = 10 * minute;
  const waited: number[] = [];
  const clock: LiveClock = {
    now: () => now,
    wait: async (milliseconds) => {
      now += milliseconds;
      waited.push(milliseconds);
    },
  };
  const limiter = new RateLimiter(1, clock);
  await limiter.take();
  now -= 5 * minute;
  await limiter.take();
  expect(waited).toEqual([]);
});
