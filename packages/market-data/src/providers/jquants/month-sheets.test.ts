import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { jquantsStandIn, type WireRow } from '../../testing/jquants-stand-in.ts';
import { fetchedAt, fetchOnce } from '../../testing/provider.suite.ts';
import { type ReplayReply, type ReplayRequest, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openJQuants } from './open-jquants.fixture.ts';

// @module-tag long

const apiKey = 'a-key-that-nobody-may-see';
const range = { from: parseTradeDate('2025-03-17'), to: parseTradeDate('2025-05-07') };
const files = { from: '2024-12-02', to: '2025-05-02' };
/** More than there are days, so that whole days are asked for. */
const symbols = 120;

/** A report as it comes on the wire, numbers as text. */
const report = (code: string, date: string, shares: string): WireRow => ({
  Code: code,
  DiscDate: date,
  DiscTime: '15:30:00',
  DocType: 'FYFinancialStatements_Consolidated_JP',
  CurPerEn: '2025-03-31',
  CurFYSt: '2024-04-01',
  CurFYEn: '2025-03-31',
  DivFY: '25.5',
  ShOutFY: shares,
  TrShFY: '',
});

const reports = [
  report('01010', '2025-03-31', '1000000'),
  report('01020', '2025-04-30', '2000000'),
  report('01010', '2025-05-01', '1100000'),
  report('01030', '2025-05-07', '3000000'),
];

const isOfReports = ({ path, query }: ReplayRequest) =>
  [path, query.endpoint, query.key].some((part) => /fins[/_]summary/.test(part ?? ''));

async function fetchReports(
  withFiles: boolean,
  isMeant: (request: ReplayRequest) => boolean = () => false,
  reply: ReplayReply = { body: '' },
) {
  const days = { from: range.from, to: range.to };
  const answers = jquantsStandIn({ symbols, ...days, apiKey, reports, files: withFiles ? files : undefined });
  let replies = 0;
  const server = await startReplayServer((request) => {
    if (!isOfReports(request) || !isMeant(request)) return answers(request);
    replies += 1;
    return reply.status === 503 && replies > 1 ? answers(request) : reply;
  });
  onTestFinished(() => server.close());
  const sinks = new MemorySinks();
  const clock = new SimulatedClock(fetchedAt);
  const result = await fetchOnce(openJQuants({ url: server.url, clock, apiKey, range }), sinks, clock);
  expect(result).toMatchObject({ symbols, filesRefused: [] });
  const { storedFactors, storedShareCounts, storedAnnouncements } = sinks;
  return { kept: [storedFactors, storedShareCounts, storedAnnouncements], asked: server.requests.filter(isOfReports) };
}

const isFile = ({ path }: ReplayRequest) => path.startsWith('/files/');

describe('the reports of months that are over', () => {
  it('are the same out of files as day by day, in fewer requests', async () => {
    const days = await fetchReports(false);
    const months = await fetchReports(true);
    expect(days.kept.map((one) => one?.size)).toEqual([3, 4, 4]);
    expect(months.kept).toEqual(days.kept);
    const paths = months.asked.map(({ path }) => (path.startsWith('/files/') ? 'file' : path));
    expect(paths.filter((path) => path === '/bulk/get')).toHaveLength(5);
    // 2025-05-01, 02 and 07: no file of the month is there yet.
    expect(paths.filter((path) => path === '/fins/summary')).toHaveLength(3);
    expect(days.asked.length).toBeGreaterThan(30);
  });

  it.each<[string, (request: ReplayRequest) => boolean, ReplayReply]>([
    ['the plan has no files of them', ({ path }) => path === '/bulk/list', { status: 403, body: '{}' }],
    ['a file is another table', isFile, { body: 'Name,Size\na,1\n' }],
    ['a file comes late, once', isFile, { status: 503, body: '' }],
  ])('are the same where %s', async (_, isMeant, reply) => {
    expect((await fetchReports(true, isMeant, reply)).kept).toEqual((await fetchReports(false)).kept);
  });
});
