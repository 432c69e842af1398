import type { TradeDate } from '@daytrade/market';
import { seededRandom } from '@daytrade/series';
import { afterEach, expect, it } from 'vitest';
import { KabuClient } from './kabu-client.ts';
import { webSocketStream } from './price-feed.ts';
import { liveHours } from './session-hours.ts';
import { withoutFaults } from './testing/faults.ts';
import { KabuSimulator } from './testing/kabu-simulator.ts';
import { PricePath } from './testing/price-path.ts';
import { type ServedSimulator, serveSimulator } from './testing/serve-simulator.ts';
import { SimulatedClock } from './testing/simulated-clock.ts';
import { httpTransport, NoAnswer } from './transport.ts';

let served: ServedSimulator | undefined;
afterEach(() => served?.close());

async function serve(faults = withoutFaults) {
  const hours = liveHours('2026-11-30' as TradeDate);
  const clock = new SimulatedClock(hours.open - 60_000);
  const random = seededRandom(5);
  const paths = new Map([['7203', new PricePath(hours, random, 0)]]);
  const simulator = new KabuSimulator({ clock, hours, random, faults, paths, password: 'secret' });
  served = await serveSimulator(simulator);
  const client = new KabuClient({ transport: httpTransport(served.url, fetch), password: () => 'secret', clock });
  return {
    client,
    clock,
    simulator,
    stream: webSocketStream(`${served.url.replace('http', 'ws')}/websocket`, WebSocket),
  };
}

const order = {
  Symbol: '7203',
  Exchange: 27,
  SecurityType: 1,
  Side: '2',
  CashMargin: 2,
  MarginTradeType: 3,
  DelivType: 0,
  AccountType: 4,
  Qty: 100,
  FrontOrderType: 13,
  Price: 0,
  ExpireDay: 0,
} as const;

it('speaks with the API over HTTP, and hears its prices over a websocket', async () => {
  const { client, clock, stream } = await serve();
  const id = await client.sendOrder(order);
  await client.register(['7203']);
  const heard = new Promise<string>((resolve) => {
    const message = (text: string) => {
      // Before the open it pushes quotes without a price.
      if (JSON.parse(text).CurrentPrice !== null) resolve(text);
    };
    stream({ message, closed: () => undefined });
  });
  // Until the socket is open the clock stands; each look moves it by a push.
  let price: string | undefined;
  void heard.then((text) => (price = text));
  while (price === undefined) {
    await clock.wait(15_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(JSON.parse(price)).toMatchObject({ Symbol: '7203', CurrentPrice: expect.any(Number) });
  // Positions come late, and orders a little.
  await clock.wait(30_000);
  const [shown] = await client.orders();
  expect(shown).toMatchObject({ ID: id, State: 5, CumQty: 100 });
  expect(await client.positions()).toMatchObject([{ Symbol: '7203', Side: '2', LeavesQty: 100, MarginTradeType: 3 }]);
});

it('calls a connection that ends without an answer what it is: no answer', async () => {
  const { client, simulator } = await serve({ ...withoutFaults, acceptedThenTimeout: 1 });
  await expect(client.sendOrder(order)).rejects.toThrow(NoAnswer);
  expect(simulator.orders).toHaveLength(1);
});
