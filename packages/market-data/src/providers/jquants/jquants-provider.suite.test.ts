import { parseTradeDate } from '@daytrade/market';
import { afterAll, beforeAll } from 'vitest';
import { jquantsStandIn } from '../../testing/jquants-stand-in.ts';
import { describeNetworkProvider } from '../../testing/network-provider.suite.ts';
import { describeProvider, fetchedAt, type OpenProvider } from '../../testing/provider.suite.ts';
import { type ReplayReply, type ReplayServer, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openJQuants } from './open-jquants.fixture.ts';

const secret = 'a-key-that-nobody-may-see';
const range = { from: parseTradeDate('2024-10-01'), to: parseTradeDate('2025-05-30') };
const answers = jquantsStandIn({ ...range, symbols: 5, apiKey: secret });
const open = (url: string, clock: SimulatedClock): OpenProvider => openJQuants({ url, clock, range, apiKey: secret });

const withMinutes = jquantsStandIn({ ...range, symbols: 5, apiKey: secret, minutes: range });

/** The page with another key for the next one. */
function withKey({ body }: ReplayReply, key: string): ReplayReply {
  return { body: JSON.stringify({ ...(JSON.parse(String(body)) as object), pagination_key: key }) };
}

let server: ReplayServer;
let minuteServer: ReplayServer;
beforeAll(async () => {
  server = await startReplayServer(answers);
  minuteServer = await startReplayServer(withMinutes);
});
afterAll(async () => {
  await server.close();
  await minuteServer.close();
});

describeProvider('J-Quants', (sinks) => open(server.url, new SimulatedClock(fetchedAt))(sinks));

describeProvider('J-Quants with minute bars', (sinks) => {
  const clock = new SimulatedClock(fetchedAt);
  return openJQuants({ url: minuteServer.url, clock, range, apiKey: secret, minuteSessions: 5 })(sinks);
});

describeNetworkProvider('J-Quants', {
  answers,
  open,
  secret,
  symbols: ['0101', '0102', '0103', '0104', '0105'],
  refusal: (message) => JSON.stringify({ message }),
  wrongForms: [
    ['is not an object', () => ({ body: '[1, 2]' }), /expected an object with an array/],
    ['is null', () => ({ body: 'null' }), /expected an object with an array/],
    ['holds no rows but numbers', () => ({ body: '{"data":[1,2,3]}' }), /expected an object at data\[0\]/],
    ['repeats its page for ever', (whole) => withKey(whole, 'again'), /the pages repeat/],
  ],
  isBarsOf: ({ path, query }, symbol) => path.endsWith('/bars/daily') && query.code === `${symbol}0`,
});
