import { instantOf, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { jquantsStandIn, type StandInOptions } from '../../testing/jquants-stand-in.ts';
import { fetchOnce } from '../../testing/provider.suite.ts';
import { type Answers, type ReplayServer, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { createSyntheticExchange } from '../synthetic/synthetic-exchange.ts';
import { type OpenJQuantsOptions, openJQuants } from './open-jquants.fixture.ts';

const apiKey = 'a-key-that-nobody-may-see';
const range = { from: parseTradeDate('2025-04-01'), to: parseTradeDate('2025-05-30') };
const fetchedAt = '2025-06-02T12:00:00Z';

async function serverWith(options: Partial<StandInOptions>, around = (answers: Answers) => answers) {
  const standIn = jquantsStandIn({ ...range, symbols: 3, apiKey, minutes: range, ...options });
  const server = await startReplayServer(around(standIn));
  onTestFinished(() => server.close());
  return server;
}

function fetchFrom(server: ReplayServer, sinks: MemorySinks, more: Partial<OpenJQuantsOptions> = {}) {
  const clock = new SimulatedClock(fetchedAt);
  return fetchOnce(openJQuants({ url: server.url, clock, range, apiKey, minuteSessions: 5, ...more }), sinks, clock);
}

const isMinutes = ({ path }: { readonly path: string }) => path.endsWith('/bars/minute');
const asked = (server: ReplayServer) => server.requests.filter(isMinutes).map(({ query }) => query);

describe('the minute bars of the add-on', () => {
  it('are stored as the 5-minute bars of the newest sessions, page by page, beside the daily ones', async () => {
    const sinks = new MemorySinks();
    const server = await serverWith({ pageSize: 400 });
    const result = await fetchFrom(server, sinks);
    expect(result).toMatchObject({ symbols: 3, rowsQuarantined: 0, warnings: 0, filesRefused: [] });
    const window = { from: parseTradeDate('2025-05-26'), to: range.to };
    const exchange = createSyntheticExchange({ seed: 1, symbols: 3, start: range.from });
    let bars = 0;
    for (const symbol of ['0101', '0102', '0103'].map((code) => parseSymbol(code))) {
      const { times, open, high, low, close, volume } = exchange.intradayBars(
        symbol,
        window,
        instantOf(range.to, '23:59'),
      );
      const rows = Array.from(times, (time, k) => [time, [open[k], high[k], low[k], close[k], volume[k]].join(',')]);
      expect([...sinks.stored.get(`${symbol} 5m`)!]).toEqual(rows);
      bars += rows.length;
    }
    expect(result.intradayBars).toBe(bars);
    expect(asked(server)[0]).toEqual({ code: '01010', from: '2025-05-26', to: '2025-05-30' });
  });

  it('are asked for where they are missing, and not again', async () => {
    const sinks = new MemorySinks();
    const server = await serverWith({});
    const earlier = { from: range.from, to: parseTradeDate('2025-05-28') };
    await fetchFrom(server, sinks, { range: earlier, minuteSessions: 2 });
    const before = asked(server).length;
    await fetchFrom(server, sinks);
    // 2025-05-27 and 28 are there; one request for what is before them, one for what is after.
    expect(asked(server).slice(before, before + 2)).toEqual([
      { code: '01010', from: '2025-05-26', to: '2025-05-26' },
      { code: '01010', from: '2025-05-29', to: '2025-05-30' },
    ]);
    const whole = asked(server).length;
    expect(await fetchFrom(server, sinks)).toMatchObject({ barsAdded: 0, barsChanged: 0 });
    expect(asked(server)).toHaveLength(whole);
  });

  it('are said to need the add-on where the plan has none, once, and the daily bars come all the same', async () => {
    const sinks = new MemorySinks();
    const server = await serverWith({ minutes: undefined });
    const result = await fetchFrom(server, sinks);
    expect(result.notes).toContainEqual(
      expect.stringMatching(/^J-Quants answered 403 .* they need its add-on .*DAYTRADE_JQUANTS_MINUTE_SESSIONS to 0$/),
    );
    expect(result).toMatchObject({ symbols: 3, intradayBars: 0, filesRefused: [] });
    expect(asked(server)).toHaveLength(1);
    expect([...sinks.stored.keys()]).toEqual(['0101 1d', '0102 1d', '0103 1d']);
  });

  it('of one symbol that fail keep neither its daily bars nor the other symbols from coming', async () => {
    const sinks = new MemorySinks();
    const server = await serverWith({}, (answers) => (request) => {
      const fails = isMinutes(request) && request.query.code === '01020';
      return fails ? { status: 500, body: '{}' } : answers(request);
    });
    const result = await fetchFrom(server, sinks);
    expect(result.filesRefused).toMatchObject([{ file: 'jquants/0102, minute bars' }]);
    expect([...sinks.stored.keys()]).toEqual(['0101 1d', '0102 1d', '0103 1d', '0101 5m', '0103 5m']);
  });
});
