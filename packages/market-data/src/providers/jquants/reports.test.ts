import { addSessions, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { Reports } from './reports.ts';
import { serveJQuants } from './serve-jquants.fixture.ts';

const newest = parseTradeDate('2025-03-07');
const report = (code: string, date: unknown) => ({ Code: code, DiscDate: date });
const symbolsMissing = (...from: readonly string[]) =>
  from.map((date, index) => ({ symbol: parseSymbol(String(7001 + index)), missingFrom: parseTradeDate(date) }));

describe('reports', () => {
  it('come by the symbol where the missing days are as many, up to the newest day', async () => {
    const rows = [report('70010', '2024-01-05'), report('70010', newest), report('70010', '2025-03-08')];
    const { client, asked } = await serveJQuants(() => [...rows, report('70010', 20250307)]);
    const reports = new Reports(client, symbolsMissing('2025-03-06', '2025-03-07'), newest);
    expect(await reports.of(parseSymbol('7001'))).toEqual(rows.slice(0, 2));
    expect(asked()).toEqual([{ path: '/fins/summary', query: { code: '70010' } }]);
  });

  it('come by the day where the missing days are fewer, from the first that any symbol misses', async () => {
    const { client, asked } = await serveJQuants(({ query }) => [report('70030', query.date)]);
    const reports = new Reports(client, symbolsMissing('2025-03-07', '2025-03-06', '2025-03-07'), newest);
    expect(await reports.of(parseSymbol('7003'))).toEqual([report('70030', '2025-03-06'), report('70030', newest)]);
    expect(await reports.of(parseSymbol('7001'))).toEqual([]);
    expect(asked().map(({ query }) => query)).toEqual([{ date: '2025-03-06' }, { date: newest }]);
  });

  it('of symbols without bars come by the days of 140 at most', async () => {
    const days = sessionsBetween(parseTradeDate('2024-10-18'), newest);
    const { client, asked } = await serveJQuants(() => []);
    const symbols = Array.from({ length: days.length + 1 }, () => symbolsMissing('2000-01-01')[0]!);
    await new Reports(client, symbols, newest).of(parseSymbol('7001'));
    expect(asked().map(({ query }) => query.date)).toEqual(days);
    expect(addSessions(days[0]!, days.length - 1)).toBe(newest);
  });

  it.each([403, 400])('that are answered with status %d count as none, and are requested no more', async (status) => {
    const { client, asked } = await serveJQuants(() => ({ status, body: '{}' }));
    const reports = new Reports(client, symbolsMissing('2000-01-01', '2000-01-01'), newest);
    expect(await reports.of(parseSymbol('7001'))).toEqual([]);
    expect(await reports.of(parseSymbol('7002'))).toEqual([]);
    expect(asked()).toHaveLength(1);
  });

  it('that may come later fail, and are requested again', async () => {
    const { client, asked } = await serveJQuants(() => ({ status: 503, body: '{}' }));
    const reports = new Reports(client, symbolsMissing('2000-01-01'), newest);
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await expect(reports.of(parseSymbol('7001'))).rejects.toMatchObject({ code: 'data.provider-failed' });
    }
    expect(asked()).toHaveLength(2);
  });
});
