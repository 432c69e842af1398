import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { jquantsStandIn, type WireRow } from '../../testing/jquants-stand-in.ts';
import { fetchedAt, fetchOnce } from '../../testing/provider.suite.ts';
import { type ReplayReply, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openJQuants } from './open-jquants.fixture.ts';

const apiKey = 'a-key-that-nobody-may-see';
const range = { from: parseTradeDate('2025-05-12'), to: parseTradeDate('2025-05-29') };
const nextDay = parseTradeDate('2025-05-30');
const path = '/fins/summary';

/** A report as it comes on the wire, numbers as text. */
const report = (code: string, date: string, more: WireRow = {}): WireRow => ({
  Code: code,
  DiscDate: date,
  CurPerEn: '2025-03-31',
  ShOutFY: '1000000',
  TrShFY: '1500',
  ...more,
});

const reports = [
  report('01010', '2025-05-09'),
  report('01010', '2024-02-09', { ShOutFY: '7000' }),
  report('01020', '2025-05-13', { TrShFY: '' }),
  report('01020', '2025-05-20', { ShOutFY: '', TrShFY: '' }),
  report('01010', '2025-05-30', { ShOutFY: '2000000' }),
  report('99990', '2025-05-13'),
];

async function setUp(symbols: number, reply?: ReplayReply) {
  const answers = jquantsStandIn({ symbols, from: range.from, to: nextDay, apiKey, reports });
  const server = await startReplayServer((request) =>
    request.path === path && reply !== undefined ? reply : answers(request),
  );
  onTestFinished(() => server.close());
  const sinks = new MemorySinks();
  const fetch = async (to = range.to) => {
    const clock = new SimulatedClock(fetchedAt);
    const before = server.requests.length;
    const options = { url: server.url, clock, apiKey, range: { ...range, to } };
    const result = await fetchOnce(openJQuants(options), sinks, clock);
    const asked = server.requests.slice(before).filter((request) => request.path === path);
    return { result, asked: asked.map(({ query }) => query) };
  };
  return { sinks, fetch };
}

const first = ['0101 2025-05-09', { periodEnd: '2025-03-31', shares: 998_500, source: 'jquants' }];
const second = ['0102 2025-05-13', { periodEnd: '2025-03-31', shares: 1_000_000, source: 'jquants' }];
const counts = (sinks: MemorySinks) =>
  [...sinks.storedShareCounts]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { periodEnd, shares, source }]) => [key, { periodEnd, shares, source }]);

describe('the shares of symbols', () => {
  it('come from all reports, without those that the company holds, where a request a symbol asks for them', async () => {
    const { sinks, fetch } = await setUp(2);
    expect((await fetch()).asked).toEqual([{ code: '01010' }, { code: '01020' }]);
    const older = ['0101 2024-02-09', { periodEnd: '2025-03-31', shares: 5_500, source: 'jquants' }];
    expect(counts(sinks)).toEqual([older, first, second]);
  });

  it('come from whole days where these are fewer than the symbols', async () => {
    const { sinks, fetch } = await setUp(120);
    const { asked } = await fetch();
    expect(asked.length).toBeLessThan(100);
    expect(asked.every(({ date }) => date !== undefined)).toBe(true);
    expect(counts(sinks)).toEqual([first, second]);
  });

  it('are asked for by the new day in an update, and by the session before, whose evening had more', async () => {
    const { sinks, fetch } = await setUp(3);
    await fetch();
    expect((await fetch(nextDay)).asked).toEqual([{ date: range.to }, { date: nextDay }]);
    expect(sinks.storedShareCounts.get('0101 2025-05-30')).toMatchObject({ shares: 1_998_500 });
  });

  it.each<[string, ReplayReply]>([
    ['the plan has none', { status: 403, body: '{}' }],
    ['they are another table', { body: '[]' }],
  ])('are left out where %s; the bars come all the same', async (_, reply) => {
    const { sinks, fetch } = await setUp(3, reply);
    const { result, asked } = await fetch();
    expect(result).toMatchObject({ symbols: 3, filesRefused: [] });
    expect(asked).toHaveLength(1);
    expect(sinks.storedShareCounts.size).toBe(0);
  });
});
