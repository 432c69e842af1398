import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { fetchOnce } from '../../testing/provider.suite.ts';
import { type Answers, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { yahooStandIn } from '../../testing/yahoo-stand-in.ts';
import { openYahoo } from './open-yahoo.fixture.ts';

const from = '2025-01-06';

async function fetchUpTo(to: string, sinks: MemorySinks, answers: Answers, priceBasis?: 'traded') {
  const server = await startReplayServer(answers);
  onTestFinished(() => server.close());
  const clock = new SimulatedClock(`${to}T12:00:00Z`);
  const range = { from: parseTradeDate(from), to: parseTradeDate(to) };
  const symbols = ['0101', '0102', '0103', '0104'];
  await fetchOnce(openYahoo({ url: server.url, clock, symbols, range, priceBasis }), sinks, clock);
  return server.requests;
}

const split = { symbol: '0102', date: '2025-03-03', shares: 5 };
const exchange = { symbols: 4, from, to: '2025-03-31' };
const withSplit = yahooStandIn({ ...exchange, splits: [split] });

describe('bars of Yahoo', () => {
  it('come whole again where a split is among the new ones, and only there', async () => {
    const sinks = new MemorySinks();
    await fetchUpTo('2025-02-28', sinks, yahooStandIn(exchange));
    const requests = await fetchUpTo('2025-03-05', sinks, withSplit);
    expect(requests.map(({ path }) => path.slice(-6))).toEqual(['0101.T', '0102.T', '0102.T', '0103.T', '0104.T']);
    const whole = new MemorySinks();
    await fetchUpTo('2025-03-05', whole, withSplit);
    expect(sinks.stored).toEqual(whole.stored);
    expect([...sinks.storedFactors.values()]).toEqual([
      { symbol: '0102', date: '2025-03-03', kind: 'split', value: 0.2, knownOn: '2025-03-03', source: 'yahoo' },
    ]);
  });

  it('are those that were traded where these are asked for, whenever the split came', async () => {
    const [before, after, unsplit] = [new MemorySinks(), new MemorySinks(), new MemorySinks()];
    await fetchUpTo('2025-02-28', before, yahooStandIn(exchange), 'traded');
    await fetchUpTo('2025-03-05', before, withSplit, 'traded');
    await fetchUpTo('2025-03-05', after, withSplit, 'traded');
    await fetchUpTo('2025-03-05', unsplit, yahooStandIn(exchange), 'traded');
    expect(before.stored).toEqual(after.stored);
    expect(after.stored.get('0101 1d')).toEqual(unsplit.stored.get('0101 1d'));
    expect([...after.stored.get('0102 1d')!.values()].slice(0, 30)).toEqual(
      [...unsplit.stored.get('0102 1d')!.values()].slice(0, 30),
    );
  });

  it('do not stop at symbols that there are none of, however many', async () => {
    const sinks = new MemorySinks();
    const answers = yahooStandIn(exchange);
    await fetchUpTo('2025-02-28', sinks, (request) => {
      return answers(request.path.endsWith('0104.T') ? request : { ...request, path: '/v8/finance/chart/0999.T' });
    });
    expect([...sinks.records.keys()]).toEqual(['0104']);
  });

  it('leave names and groups of a symbol that is stored as they are', async () => {
    const sinks = new MemorySinks();
    await fetchUpTo('2025-02-27', sinks, yahooStandIn(exchange));
    expect(sinks.records.get('0101')).toMatchObject({ name: 'Made-up 0101', sector: null });
    const known = { name: '架空', sector: '銀行業', sizeGroup: 'TOPIX Core30', tickTable: 'topix500' } as const;
    sinks.records.set('0101', { ...sinks.records.get('0101')!, ...known });
    await fetchUpTo('2025-02-28', sinks, yahooStandIn(exchange));
    expect(sinks.records.get('0101')).toMatchObject({ ...known, lastDate: '2025-02-28' });
  });
});
