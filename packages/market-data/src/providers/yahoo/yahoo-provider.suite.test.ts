import { parseTradeDate } from '@daytrade/market';
import { afterAll, beforeAll } from 'vitest';
import { describeNetworkProvider } from '../../testing/network-provider.suite.ts';
import { describeProvider, fetchedAt, type OpenProvider } from '../../testing/provider.suite.ts';
import { type ReplayServer, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { yahooStandIn } from '../../testing/yahoo-stand-in.ts';
import { openYahoo } from './open-yahoo.fixture.ts';

const range = { from: parseTradeDate('2024-10-01'), to: parseTradeDate('2025-05-30') };
const symbols = ['0101', '0102', '0103', '0104', '0105'];
const answers = yahooStandIn({ ...range, symbols: 5 });
const open = (url: string, clock: SimulatedClock): OpenProvider => openYahoo({ url, clock, range, symbols });

let server: ReplayServer;
beforeAll(async () => {
  server = await startReplayServer(answers);
});
afterAll(() => server.close());

describeProvider('Yahoo', (sinks) => open(server.url, new SimulatedClock(fetchedAt))(sinks));

const chart = (result: unknown) => () => ({ body: JSON.stringify({ chart: { result: [result], error: null } }) });
const indicators = { quote: [] };
const meta = { symbol: '0102.T', currency: 'JPY', dataGranularity: '1d' };

describeNetworkProvider('Yahoo', {
  answers,
  open,
  symbols,
  secret: undefined,
  refusal: (description) => JSON.stringify({ chart: { result: null, error: { description } } }),
  wrongForms: [
    ['is not an object', () => ({ body: '[1, 2]' }), /reply: expected an object/],
    [
      'has no result',
      () => ({ body: '{"chart":{"result":[],"error":null}}' }),
      /reply.chart.result: expected at least 1/,
    ],
    [
      'is of another symbol',
      chart({ indicators, meta: { ...meta, symbol: '0103.T' } }),
      /symbol: expected "0102.T", got "0103.T"/,
    ],
    [
      'is in another currency',
      chart({ indicators, meta: { ...meta, currency: 'USD' } }),
      /currency: expected "JPY", got "USD"/,
    ],
    [
      'is of other bars',
      chart({ indicators, meta: { ...meta, dataGranularity: '1mo' } }),
      /dataGranularity: expected "1d"/,
    ],
    [
      'has a column that ends early',
      chart({ meta, timestamp: [1, 2], indicators: { quote: [{ open: [1] }] } }),
      /open: expected as many values as timestamps/,
    ],
    [
      'is an unknown symbol',
      () => ({ status: 404, body: '{"chart":{"result":null,"error":{"description":"No data found"}}}' }),
      /404: "No data found"; a wrong code, or it was delisted/,
    ],
  ],
  isBarsOf: ({ path }, symbol) => path.endsWith(`/${symbol}.T`),
});
