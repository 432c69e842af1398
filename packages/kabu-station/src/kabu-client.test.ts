import { expect, it } from 'vitest';
import { KabuClient, KabuRefusal } from './kabu-client.ts';
import type { SendOrder } from './messages.ts';
import { SimulatedClock } from './testing/simulated-clock.ts';
import { type KabuReply, type KabuRequest, NoAnswer } from './transport.ts';

const order = { Symbol: '7203', Qty: 100 } as SendOrder;
const token = { status: 200, body: { ResultCode: 0, Token: 'one' } };
const taken = { status: 200, body: { Result: 0, OrderId: 'A1' } };

/** A client of a broker that gives the answers in turn, the last one again and again; with what it was asked. */
function clientOf(...answers: readonly (KabuReply | undefined)[]) {
  const clock = new SimulatedClock(0);
  const asked: (KabuRequest & { readonly at: number })[] = [];
  let next = 0;
  const transport = async (request: KabuRequest): Promise<KabuReply> => {
    asked.push({ ...request, at: clock.now() });
    if (request.path === '/token') return token;
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    if (answer === undefined) throw new NoAnswer('no answer');
    return answer;
  };
  return { client: new KabuClient({ transport, password: () => 'a secret', clock }), asked, clock };
}

it('sends at most 5 orders and asks at most 10 questions in any second', async () => {
  const orders = clientOf(taken);
  for (let i = 0; i < 23; i += 1) await orders.client.sendOrder(order);
  const queries = clientOf({ status: 200, body: [] });
  for (let i = 0; i < 37; i += 1) await queries.client.orders();
  const most = ({ asked }: typeof orders, path: string) => {
    const times = asked.filter((one) => one.path.startsWith(path)).map(({ at }) => at);
    return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
  };
  expect([most(orders, '/sendorder'), most(queries, '/orders')]).toEqual([5, 10]);
});

it.each([
  ['no answer', undefined, NoAnswer],
  ['429', { status: 429, body: { Code: 4001006, Message: 'too many' } }, KabuRefusal],
  ['401', { status: 401, body: { Code: 4001009, Message: 'key' } }, KabuRefusal],
  ['400', { status: 400, body: { Code: 4002004, Message: 'price' } }, KabuRefusal],
  ['200 with a result', { status: 200, body: { Result: 21 } }, KabuRefusal],
  ['another form', { status: 200, body: [] }, KabuRefusal],
])('never sends an order a second time by itself: %s', async (_, reply, error) => {
  const { client, asked } = clientOf(reply);
  await expect(client.sendOrder(order)).rejects.toThrow(error);
  expect(asked.filter(({ path }) => path === '/sendorder')).toHaveLength(1);
});

it('asks a question again after a 429, and with a new token after a logout', async () => {
  const { client, asked } = clientOf(
    { status: 429, body: { Code: 4001006 } },
    { status: 401, body: { Code: 4001017 } },
    { status: 200, body: [] },
  );
  expect(await client.positions()).toEqual([]);
  expect(client.logins).toBe(2);
  expect(asked.map(({ path }) => path.split('?')[0])).toEqual([
    '/token',
    '/positions',
    '/positions',
    '/token',
    '/positions',
  ]);
});

it('has the password in the request for a token alone, and in no message', async () => {
  const { client, asked } = clientOf({ status: 500, body: { Message: 'down' } });
  const error = await client.orders().catch((thrown: unknown) => thrown);
  expect(String(error)).toBe('Error: /orders: 500 down');
  expect(asked.filter((request) => JSON.stringify(request).includes('a secret')).map(({ path }) => path)).toEqual([
    '/token',
  ]);
});
