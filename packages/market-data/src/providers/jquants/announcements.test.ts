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
const calendarPath = '/equities/earnings-calendar';

const report = (code: string, date: string, time: string, type = 'FYFinancialStatements_Consolidated_JP'): WireRow => ({
  Code: code,
  DiscDate: date,
  DiscTime: time,
  DocType: type,
});

const reports = [
  report('01010', '2024-02-09', '11:30:00', '3QFinancialStatements_Consolidated_IFRS'),
  report('01010', '2025-05-14', '15:40:00'),
  report('01010', '2025-05-14', '15:30:00'),
  report('01010', '2025-05-20', '15:30:00', 'EarnForecastRevision'),
  report('01020', '2025-05-13', ''),
];

/** Rows of the calendar as it comes on the wire; a company that has not said its day has none. */
const planned: readonly WireRow[] = [
  { Date: '2025-05-30', Code: '01020', CoName: '架空', FY: '3月31日', FQ: '本決算', Section: 'プライム' },
  { Date: '', Code: '01010', CoName: '架空', FY: '3月31日', FQ: '本決算', Section: 'プライム' },
  { Date: '2025-05-30', Code: '99990', CoName: '架空', FY: '3月31日', FQ: '本決算', Section: 'プライム' },
];

async function setUp(replyOfCalendar?: ReplayReply, late: readonly WireRow[] = []) {
  const days = { from: range.from, to: nextDay };
  let known = reports;
  const answers = (request: Parameters<ReturnType<typeof jquantsStandIn>>[0]) =>
    jquantsStandIn({ symbols: 3, ...days, apiKey, reports: known, announcements: planned })(request);
  const server = await startReplayServer((request) =>
    request.path === calendarPath && replyOfCalendar !== undefined ? replyOfCalendar : answers(request),
  );
  onTestFinished(() => server.close());
  const sinks = new MemorySinks();
  const fetch = async (to = range.to) => {
    const clock = new SimulatedClock(fetchedAt);
    return fetchOnce(openJQuants({ url: server.url, clock, apiKey, range: { ...range, to } }), sinks, clock);
  };
  const publish = () => {
    known = [...reports, ...late];
  };
  const stored = () =>
    [...sinks.storedAnnouncements]
      .map(([key, { time, knownSince }]) => [key, time, knownSince] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { fetch, publish, stored };
}

const made = [
  ['0101 2024-02-09 made', '11:30', '2024-02-09T02:30:00.000Z'],
  ['0101 2025-05-14 made', '15:30', '2025-05-14T06:30:00.000Z'],
  ['0102 2025-05-13 made', null, '2025-05-13T15:00:00.000Z'],
];

describe('announcements of results', () => {
  it('are the first report of results of each day, known since its time, and those that the calendar plans, since then', async () => {
    const { fetch, stored } = await setUp();
    expect((await fetch()).notes.join()).not.toContain('announcements');
    expect(stored()).toEqual([...made, ['0102 2025-05-30 planned', null, new Date(fetchedAt).toISOString()]]);
  });

  it('of an evening come with the next session, when the bars of their own were there before them', async () => {
    const { fetch, publish, stored } = await setUp(undefined, [report('01030', range.to, '15:30:00')]);
    await fetch();
    publish();
    await fetch(nextDay);
    expect(stored()).toContainEqual([`0103 ${range.to} made`, '15:30', '2025-05-29T06:30:00.000Z']);
  });

  it('that are planned are left out with a note where the plan has none; the bars come all the same', async () => {
    const { fetch, stored } = await setUp({ status: 403, body: '{}' });
    const result = await fetch();
    expect(result).toMatchObject({ symbols: 3, filesRefused: [] });
    expect(result.notes).toContainEqual(
      expect.stringMatching(/^planned announcements of results were not read: .*403/),
    );
    expect(stored()).toEqual(made);
  });
});
