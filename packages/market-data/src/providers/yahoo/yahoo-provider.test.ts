import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
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

describe('the rows of a chart', () => {
  const second = (text: string) => Date.parse(`${text}+09:00`) / 1_000;
  const day = (date: string) => dayNumber(parseTradeDate(date));

  /** Reads rows of times and values out of a chart that has them, with a split of 1 to 2 on 2025-01-09. */
  async function read(rows: readonly (readonly unknown[])[], priceBasis?: 'traded') {
    const column = (index: number) => rows.map((row) => row[index]);
    const quote = Object.fromEntries(
      ['open', 'high', 'low', 'close', 'volume'].map((name, i) => [name, column(i + 1)]),
    );
    const split = { date: second('2025-01-09T09:00'), numerator: 2, denominator: 1 };
    const result = {
      meta: { currency: 'JPY', symbol: '0101.T', dataGranularity: '1d' },
      timestamp: column(0),
      events: { splits: { split } },
      indicators: { quote: [quote] },
    };
    const server = await startReplayServer(() => ({
      body: JSON.stringify({ chart: { result: [result], error: null } }),
    }));
    onTestFinished(() => server.close());
    const clock = new SimulatedClock('2025-01-10T12:00:00.500Z');
    const range = { from: parseTradeDate('2025-01-07'), to: parseTradeDate('2025-01-09') };
    const open = openYahoo({ url: server.url, clock, symbols: ['0101'], range, priceBasis });
    const provider = await open(new MemorySinks());
    const { sources, notes, skipped } = await provider.list();
    expect([sources, skipped]).toEqual([[{ symbol: '0101', interval: '1d', file: 'yahoo/0101' }], []]);
    expect(notes).toEqual([expect.stringMatching(/^Yahoo Finance is an unofficial source/)]);
    const unlisted = { ...sources[0]!, symbol: parseSymbol('0102') };
    await expect(provider.read(unlisted)).rejects.toThrow('the provider did not list this symbol');
    const { rowText: _, ...found } = await provider.read(sources[0]!);
    expect(server.requests.map(({ query }) => [query.period1, query.period2])).toEqual([
      [String(second('2025-01-07T00:00')), String(second('2025-01-10T21:00:01'))],
    ]);
    return found;
  }

  const rows = [
    [second('2025-01-06T09:00'), 1, 1, 1, 1, 1],
    [second('2025-01-07T09:00'), 500.04, 510.06, 490, 505.5, 1_000],
    [second('2025-01-08T09:00'), null, null, null, null, null],
    [second('2025-01-09T15:30'), 500.04, 510.06, 490, 505.5, 1_000],
    [second('2025-01-10T09:00'), 1, 1, 1, 1, 1],
    ['2025-01-09', 1, 1, 1, 1, 1],
    [second('2025-01-09T09:00') + 0.5, 1, 1, 1, 1, 1],
    [second('2025-01-08T09:00'), 1, 1, null, 1, 1],
  ];

  it('are bars of the days that were asked for, without later ones, and the rest malformed', async () => {
    const { malformed, ...found } = await read(rows);
    expect(found).toEqual({
      master: expect.objectContaining({ symbol: '0101', name: '0101', synthetic: false }),
      interval: '1d',
      file: 'yahoo/0101',
      priceBasis: 'split-adjusted',
      times: Float64Array.of(day('2025-01-07'), day('2025-01-09')),
      open: Float64Array.of(500.04, 500.04),
      high: Float64Array.of(510.06, 510.06),
      low: Float64Array.of(490, 490),
      close: Float64Array.of(505.5, 505.5),
      volume: Float64Array.of(1_000, 1_000),
      lines: Int32Array.of(day('2025-01-07'), day('2025-01-09')),
      rowsWithoutTrade: 1,
      factors: [{ date: '2025-01-09', kind: 'split', value: 0.5, knownOn: '2025-01-09', source: 'yahoo' }],
    });
    expect(malformed.map(({ line, date, reason, message }) => [line, date, reason, message])).toEqual([
      [
        day('2025-01-06'),
        '2025-01-06',
        'date-out-of-range',
        'timestamp: asked for 2025-01-07 to 2025-01-09, got 2025-01-06',
      ],
      [0, '', 'date-invalid', 'timestamp: expected seconds since 1970, got "2025-01-09"'],
      [0, '', 'date-invalid', `timestamp: expected seconds since 1970, got ${second('2025-01-09T09:00') + 0.5}`],
      [day('2025-01-08'), '2025-01-08', 'fields-missing', 'low: expected a number, got null'],
    ]);
  });

  it('are traded prices to a tenth of a yen before a split, and whole shares', async () => {
    const { open, high, low, close, volume } = await read(rows, 'traded');
    expect([open, high, low, close, volume].map((column) => [...column])).toEqual([
      [1_000.1, 500],
      [1_020.1, 510.1],
      [980, 490],
      [1_011, 505.5],
      [500, 1_000],
    ]);
  });
});
