import { parseSymbol } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { AnnouncementCalendar, publishedIn } from './published.ts';
import { serveJQuants } from './serve-jquants.fixture.ts';

/** A report of a company whose fiscal year ends in March, numbers as text. */
const report = (more: Readonly<Record<string, unknown>>) => ({
  DiscDate: '2024-11-08',
  CurFYSt: '2024-04-01',
  CurFYEn: '2025-03-31',
  NxtFYSt: '',
  NxtFYEn: '',
  ...more,
});

const dividendsInReports = (reports: Parameters<typeof publishedIn>[0]) => publishedIn(reports).dividends;

const words = (factors: ReturnType<typeof dividendsInReports>) =>
  factors.map(({ date, value, knownOn }) => [date, value, knownOn]);

describe('dividends in reports', () => {
  it('are what was paid and what is forecast, on the ex-days of the ends of quarters', () => {
    const factors = dividendsInReports([
      report({ Div2Q: '25.0', FDiv2Q: '24', FDivFY: '30.0', Div1Q: '', FDiv3Q: '0' }),
    ]);
    expect(words(factors)).toEqual([
      ['2024-09-27', 25, '2024-11-08'],
      ['2025-03-28', 30, '2024-11-08'],
    ]);
    expect(factors[0]).toMatchObject({ kind: 'dividend', source: 'jquants' });
  });

  it('are of the next fiscal year too, and of one that ends on a 20th', () => {
    const next = { DiscDate: '2025-05-09', NxtFYSt: '2025-04-01', NxtFYEn: '2026-03-31', NxFDiv2Q: 26, NxFDivFY: 26 };
    expect(words(dividendsInReports([report(next)]))).toEqual([
      ['2025-09-29', 26, '2025-05-09'],
      ['2026-03-30', 26, '2025-05-09'],
    ]);
    const retailer = { CurFYSt: '2024-02-21', CurFYEn: '2025-02-20', FDiv2Q: 10, FDivFY: 12 };
    expect(words(dividendsInReports([report(retailer)])).map(([date]) => date)).toEqual(['2024-08-19', '2025-02-19']);
  });

  it('are said once, until they change', () => {
    const factors = dividendsInReports([
      report({ DiscDate: '2024-08-08', FDivFY: '30' }),
      report({ DiscDate: '2024-11-08', FDivFY: '30' }),
      report({ DiscDate: '2025-02-07', FDivFY: '-' }),
      report({ DiscDate: '2025-05-09', DivFY: '32.5' }),
    ]);
    expect(words(factors)).toEqual([
      ['2025-03-28', 30, '2024-08-08'],
      ['2025-03-28', 32.5, '2025-05-09'],
    ]);
  });

  it('are said as the last report of a day says them, in order of the days', () => {
    const factors = dividendsInReports([
      report({ DiscDate: '2025-05-09', DivFY: '33' }),
      report({ DiscDate: '2024-08-08', FDivFY: '30' }),
      report({ DiscDate: '2024-08-08', FDivFY: '31' }),
    ]);
    expect(words(factors)).toEqual([
      ['2025-03-28', 31, '2024-08-08'],
      ['2025-03-28', 33, '2025-05-09'],
    ]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, number | undefined]>([
    ['2024-06-27', { FDiv1Q: '5' }, 5],
    ['2024-06-27', { FDiv1Q: '0' }, undefined],
    ['2024-09-27', { FDiv2Q: '5' }, 5],
    ['2024-09-27', { FDiv2Q: '0' }, 0],
    ['2024-12-27', { Div3Q: 5 }, 5],
    ['2024-12-27', { Div3Q: 0 }, undefined],
    ['2025-03-28', { DivFY: '5' }, 5],
    ['2025-03-28', { DivFY: 0 }, 0],
    ['2025-03-28', { DivFY: '-1', FDivFY: '6' }, 6],
    ['2025-03-28', { DivFY: '', FDivFY: '6' }, 6],
    ['2025-03-28', { DivFY: '-' }, undefined],
    ['2025-03-28', { DivFY: '5', DiscDate: '' }, undefined],
    ['2025-03-28', { DivFY: '5', CurFYEn: '' }, undefined],
    ['2024-06-27', { FDiv1Q: '5', CurFYSt: '' }, undefined],
    ['2024-06-27', { NxFDiv1Q: '5', CurFYSt: '', NxtFYSt: '2024-04-01' }, 5],
  ])('of %s by a report with %j are %s yen', (date, values, yen) => {
    expect(words(dividendsInReports([report(values)]))).toEqual(yen === undefined ? [] : [[date, yen, '2024-11-08']]);
  });

  it('are on the ex-days of the quarters of a year that ends in December, and of one that begins in October', () => {
    const paid = { Div1Q: '1', Div2Q: '2', Div3Q: '3', DivFY: '4' };
    const december = report({ ...paid, CurFYSt: '2024-01-01', CurFYEn: '2024-12-31' });
    expect(words(dividendsInReports([december])).map(([date]) => date)).toEqual([
      '2024-03-28',
      '2024-06-27',
      '2024-09-27',
      '2024-12-27',
    ]);
    const september = report({ ...paid, CurFYSt: '2023-10-01', CurFYEn: '2024-09-30' });
    expect(words(dividendsInReports([september])).map(([date]) => date)).toEqual([
      '2023-12-28',
      '2024-03-28',
      '2024-06-27',
      '2024-09-27',
    ]);
  });

  it.each([
    ['2000-01-08', 0],
    ['2000-01-09', 1],
    ['2030-12-31', 1],
    ['2031-01-01', 0],
  ])('of a record date of %s, by the calendar of sessions, are %d', (date, count) => {
    expect(dividendsInReports([report({ DivFY: '5', CurFYSt: '', CurFYEn: date })])).toHaveLength(count);
  });
});

describe('shares in reports', () => {
  it.each<[Readonly<Record<string, unknown>>, number | undefined]>([
    [{ ShOutFY: '1000', TrShFY: '100' }, 900],
    [{ ShOutFY: 1000, TrShFY: 100 }, 900],
    [{ ShOutFY: '1000', TrShFY: '' }, 1_000],
    [{ ShOutFY: '1000', TrShFY: '-' }, 1_000],
    [{ ShOutFY: '1000', TrShFY: '999' }, 1],
    [{ ShOutFY: '1000', TrShFY: '1000' }, undefined],
    [{ ShOutFY: '', TrShFY: '100' }, undefined],
    [{ ShOutFY: '1000', DiscDate: '' }, undefined],
    [{ ShOutFY: '1000', CurPerEn: '' }, undefined],
  ])('with %j are %s', (values, shares) => {
    const { shareCounts } = publishedIn([report({ CurPerEn: '2024-09-30', ...values })]);
    const expected = { date: '2024-11-08', periodEnd: '2024-09-30', shares, source: 'jquants' };
    expect(shareCounts).toEqual(shares === undefined ? [] : [expected]);
  });
});

describe('announcements in reports', () => {
  const results = (DiscTime: unknown, more: Readonly<Record<string, unknown>> = {}) =>
    report({ DiscTime, DocType: 'FYFinancialStatements_Consolidated_JP', ...more });
  const announced = (...reports: Parameters<typeof publishedIn>[0]) =>
    publishedIn(reports).announcements.map(({ date, time }) => [date, time]);

  it.each([
    ['15:30:00', '15:30'],
    ['15:30', '15:30'],
    ['00:00:00', '00:00'],
    ['09:59:00', '09:59'],
    ['19:00:00', '19:00'],
    ['23:59:00', '23:59'],
    ['24:00:00', null],
    ['12:60:00', null],
    ['9:00', null],
    ['', null],
    [930, null],
  ])('at %j have the time %s', (time, expected) => {
    expect(announced(results(time))).toEqual([['2024-11-08', expected]]);
  });

  it('are the first of each day, in order of the days, with a time before one without', () => {
    const of = (time: string, DiscDate: string) => results(time, { DiscDate });
    expect(
      announced(of('', '2024-11-08'), of('15:30:00', '2024-11-08'), of('13:00:00', '2024-11-08'), of('', '2024-08-08')),
    ).toEqual([
      ['2024-08-08', null],
      ['2024-11-08', '13:00'],
    ]);
  });

  it('are those of results alone, on a day', () => {
    expect(announced(results('15:30', { DocType: 'DividendForecastRevision' }))).toEqual([]);
    expect(announced(results('15:30', { DiscDate: '2024-02-30' }))).toEqual([]);
    expect(publishedIn([results('15:30')]).announcements).toEqual([
      { date: '2024-11-08', kind: 'made', time: '15:30', source: 'jquants' },
    ]);
  });
});

describe('the calendar of announcements', () => {
  it('has the planned days of each symbol once, in order', async () => {
    const { client, asked } = await serveJQuants(() => [
      { Date: '2025-05-14', Code: '72030' },
      { Date: '2025-05-09', Code: '72030' },
      { Date: '2025-05-14', Code: '72030' },
      { Date: '', Code: '65010' },
      { Date: '2025-05-14', Code: '25935' },
    ]);
    const calendar = await AnnouncementCalendar.read(client);
    const planned = (date: string) => ({ date, kind: 'planned', time: null, source: 'jquants' });
    expect(calendar.of(parseSymbol('7203'))).toEqual([planned('2025-05-09'), planned('2025-05-14')]);
    expect(calendar.of(parseSymbol('6501'))).toEqual([]);
    expect(calendar.of(parseSymbol('9999'))).toEqual([]);
    expect(calendar.note).toBeUndefined();
    expect(asked()).toEqual([{ path: '/equities/earnings-calendar', query: {} }]);
  });

  it('is empty with a note where the plan has none, and fails where all requests would', async () => {
    const without = await serveJQuants(() => ({ status: 403, body: '{}' }));
    const calendar = await AnnouncementCalendar.read(without.client);
    expect(calendar.note).toMatch(/^planned announcements of results were not read: \/equities\/earnings-calendar: /);
    expect(calendar.of(parseSymbol('7203'))).toEqual([]);
    const throttled = await serveJQuants(() => ({ status: 429, body: '{}' }));
    await expect(AnnouncementCalendar.read(throttled.client)).rejects.toMatchObject({
      code: 'data.provider-throttled',
    });
  });
});
