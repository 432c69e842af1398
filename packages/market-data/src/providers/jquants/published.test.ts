import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { jquantsStandIn, type WireRow, withSplit } from '../../testing/jquants-stand-in.ts';
import { fetchedAt, fetchOnce } from '../../testing/provider.suite.ts';
import { type ReplayReply, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openJQuants } from './open-jquants.fixture.ts';

const apiKey = 'a-key-that-nobody-may-see';
const range = { from: parseTradeDate('2025-05-12'), to: parseTradeDate('2025-05-29') };
const nextDay = parseTradeDate('2025-05-30');
const reportsPath = '/fins/summary';
const calendarPath = '/equities/earnings-calendar';

interface Published extends Partial<Parameters<typeof jquantsStandIn>[0]> {
  /** Replies in place of the stand-in's, by path. */
  readonly replies?: Readonly<Record<string, ReplayReply>>;
}

async function setUp({ replies = {}, ...rest }: Published) {
  const standIn = (more: Published) => jquantsStandIn({ symbols: 3, from: range.from, to: nextDay, apiKey, ...more });
  let answers = standIn(rest);
  const server = await startReplayServer((request) => replies[request.path] ?? answers(request));
  onTestFinished(() => server.close());
  const sinks = new MemorySinks();
  const fetch = async (to = range.to) => {
    const clock = new SimulatedClock(fetchedAt);
    const before = server.requests.length;
    const options = { url: server.url, clock, apiKey, range: { ...range, to } };
    const result = await fetchOnce(openJQuants(options), sinks, clock);
    const askedOf = (path: string) =>
      server.requests.slice(before).flatMap((request) => (request.path === path ? [request.query] : []));
    return { result, askedOf };
  };
  const publish = (reports: readonly WireRow[]) => {
    answers = standIn({ ...rest, reports });
  };
  return { sinks, fetch, publish };
}

const byKey = <Value>([one]: readonly [string, ...Value[]], [other]: readonly [string, ...Value[]]) =>
  one < other ? -1 : 1;

describe('the shares of symbols', () => {
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
  const first = ['0101 2025-05-09', { periodEnd: '2025-03-31', shares: 998_500, source: 'jquants' }];
  const second = ['0102 2025-05-13', { periodEnd: '2025-03-31', shares: 1_000_000, source: 'jquants' }];
  const counts = (sinks: MemorySinks) =>
    Array.from(sinks.storedShareCounts, ([key, { periodEnd, shares, source }]) => {
      return [key, { periodEnd, shares, source }] as const;
    }).sort(byKey);

  it('come from all reports, without the own shares of the company, in a request a symbol', async () => {
    const { sinks, fetch } = await setUp({ symbols: 2, reports });
    expect((await fetch()).askedOf(reportsPath)).toEqual([{ code: '01010' }, { code: '01020' }]);
    const older = ['0101 2024-02-09', { periodEnd: '2025-03-31', shares: 5_500, source: 'jquants' }];
    expect(counts(sinks)).toEqual([older, first, second]);
  });

  it('come from whole days where these are fewer than the symbols', async () => {
    const { sinks, fetch } = await setUp({ symbols: 120, reports });
    const asked = (await fetch()).askedOf(reportsPath);
    expect(asked.length).toBeLessThan(100);
    expect(asked.every(({ date }) => date !== undefined)).toBe(true);
    expect(counts(sinks)).toEqual([first, second]);
  });

  it('are updated by the new day and the session before, which had more in the evening', async () => {
    const { sinks, fetch } = await setUp({ reports });
    await fetch();
    expect((await fetch(nextDay)).askedOf(reportsPath)).toEqual([{ date: range.to }, { date: nextDay }]);
    expect(sinks.storedShareCounts.get('0101 2025-05-30')).toMatchObject({ shares: 1_998_500 });
  });

  it.each<[string, ReplayReply]>([
    ['the plan has none', { status: 403, body: '{}' }],
    ['they are another table', { body: '[]' }],
  ])('are left out where %s; the bars come all the same', async (_, reply) => {
    const { sinks, fetch } = await setUp({ reports, replies: { [reportsPath]: reply } });
    const { result, askedOf } = await fetch();
    expect(result).toMatchObject({ symbols: 3, filesRefused: [] });
    expect(askedOf(reportsPath)).toHaveLength(1);
    expect(sinks.storedShareCounts.size).toBe(0);
  });
});

describe('dividends', () => {
  const fiscalYears = { CurFYSt: '2024-04-01', CurFYEn: '2025-03-31', NxtFYSt: '2025-04-01', NxtFYEn: '2026-03-31' };
  const reports = [{ Code: '01010', DiscDate: '2025-05-13', ...fiscalYears, DivFY: '30.0', NxFDiv2Q: '31.0' }];
  const ofReports = [
    ['0101 2025-03-28 dividend 2025-05-13', 30],
    ['0101 2025-09-29 dividend 2025-05-13', 31],
  ];

  it('are those of reports on every plan, beside the splits', async () => {
    const change = withSplit('01010', '2025-05-20', 0.5);
    const { sinks, fetch } = await setUp({ symbols: 1, to: range.to, reports, change });
    await fetch();
    const factors = Array.from(sinks.storedFactors, ([key, { value }]) => [key, value]);
    expect(factors).toEqual([['0101 2025-05-20 split 2025-05-20', 0.5], ...ofReports]);
  });
});

describe('announcements of results', () => {
  const report = (
    code: string,
    date: string,
    time: string,
    type = 'FYFinancialStatements_Consolidated_JP',
  ): WireRow => ({
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
  const announcements = [
    { Date: '2025-05-30', Code: '01020', CoName: '架空', FY: '3月31日', FQ: '本決算', Section: 'プライム' },
    { Date: '', Code: '01010', CoName: '架空', FY: '3月31日', FQ: '本決算', Section: 'プライム' },
    { Date: '2025-05-30', Code: '99990', CoName: '架空', FY: '3月31日', FQ: '本決算', Section: 'プライム' },
  ];
  const made = [
    ['0101 2024-02-09 made', '11:30', '2024-02-09T02:30:00.000Z'],
    ['0101 2025-05-14 made', '15:30', '2025-05-14T06:30:00.000Z'],
    ['0102 2025-05-13 made', null, '2025-05-13T15:00:00.000Z'],
  ];
  const stored = ({ storedAnnouncements }: MemorySinks) =>
    Array.from(storedAnnouncements, ([key, { time, knownSince }]) => [key, time, knownSince] as const).sort(byKey);

  it('are the first report of results of a day, and the plans of the calendar', async () => {
    const { sinks, fetch } = await setUp({ reports, announcements });
    expect((await fetch()).result.notes.join()).not.toContain('announcements');
    expect(stored(sinks)).toEqual([...made, ['0102 2025-05-30 planned', null, new Date(fetchedAt).toISOString()]]);
  });

  it('of an evening come with the next session, when the bars of their own were there before them', async () => {
    const { sinks, fetch, publish } = await setUp({ reports, announcements });
    await fetch();
    publish([...reports, report('01030', range.to, '15:30:00')]);
    await fetch(nextDay);
    expect(stored(sinks)).toContainEqual([`0103 ${range.to} made`, '15:30', '2025-05-29T06:30:00.000Z']);
  });

  it('that are planned are left out with a note where the plan has none; the bars come all the same', async () => {
    const { sinks, fetch } = await setUp({ reports, replies: { [calendarPath]: { status: 403, body: '{}' } } });
    const { result } = await fetch();
    expect(result).toMatchObject({ symbols: 3, filesRefused: [] });
    expect(result.notes).toContainEqual(
      expect.stringMatching(/^planned announcements of results were not read: .*403/),
    );
    expect(stored(sinks)).toEqual(made);
  });
});
