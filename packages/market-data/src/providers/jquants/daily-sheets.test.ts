import { addSessions, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { DailySheets, daysToRead } from './daily-sheets.ts';
import { serveJQuants } from './serve-jquants.fixture.ts';

const from = parseTradeDate('2025-01-06');
const symbols = Array.from({ length: 70 }, (_, index) => parseSymbol(String(7001 + index)));
/** So many symbols, each of which misses so many sessions. */
const missing = (count: number, sessions: number) =>
  symbols.slice(0, count).map((symbol) => ({ symbol, ranges: [{ from, to: addSessions(from, sessions - 1) }] }));

describe('whole days', () => {
  it.each([
    [2, 1, true],
    [1, 1, false],
    [3, 2, true],
    [2, 2, false],
    [61, 60, true],
    [60, 60, false],
    [70, 61, false],
  ])('are read for %d symbols that miss %d sessions: %s', (count, sessions, isRead) => {
    const whole = {
      sessions: sessionsBetween(from, addSessions(from, sessions - 1)),
      symbols: symbols.slice(0, count),
    };
    expect(daysToRead(missing(count, sessions))).toEqual(isRead ? whole : undefined);
  });

  it('are read for the symbols that miss little, beside others that miss much', () => {
    const whole = [...missing(1, 61), ...missing(70, 1).slice(1, 3)];
    expect(daysToRead(whole)).toEqual({ sessions: [from], symbols: symbols.slice(1, 3) });
  });

  it('are not read where they are too many together', () => {
    const shifted = missing(70, 1).map((one, index) => {
      const day = addSessions(from, index % 61);
      return { ...one, ranges: [{ from: day, to: day }] };
    });
    expect(daysToRead(shifted)).toBeUndefined();
    expect(daysToRead(shifted.filter((_, index) => index % 61 !== 60))?.sessions).toHaveLength(60);
  });
});

describe('the sheets of days', () => {
  const days = ['2025-01-06', '2025-01-07', '2025-01-08'].map((date) => parseTradeDate(date));
  const row = (date: string | undefined, code = '70010') => ({ Date: date, Code: code });

  it('are requested once each, and keep the rows of their symbols in order of the days', async () => {
    const { client, asked } = await serveJQuants(({ query }) => [row(query.date), row(query.date, '70020')]);
    const sheets = new DailySheets(client, days, ['7001', '7003']);
    expect([sheets.has('7001'), sheets.has('7002'), sheets.newest]).toEqual([true, false, undefined]);
    expect(await sheets.rowsOf('7001')).toEqual(days.map((date) => row(date)));
    expect(await sheets.rowsOf('7001')).toEqual(days.map((date) => row(date)));
    expect(await sheets.rowsOf('7003')).toEqual([]);
    expect(await sheets.rowsOf('7002')).toBeUndefined();
    expect(asked()).toEqual(days.map((date) => ({ path: '/equities/bars/daily', query: { date } })));
    expect(sheets.newest).toBe('2025-01-08');
  });

  it('know the newest day that had rows, of whatever issue', async () => {
    const { client } = await serveJQuants(({ query }) => (query.date === days[2] ? [] : [row(query.date, '70020')]));
    const sheets = new DailySheets(client, days, ['7001']);
    await sheets.rowsOf('7001');
    expect(sheets.newest).toBe('2025-01-07');
  });

  it('go on with the day at which a failure that may pass came', async () => {
    let failures = 1;
    const { client, asked } = await serveJQuants(({ query }) => {
      if (query.date === days[1] && failures-- > 0) return { status: 503, body: '{}' };
      return [row(query.date)];
    });
    const sheets = new DailySheets(client, days, ['7001']);
    await expect(sheets.rowsOf('7001')).rejects.toMatchObject({ code: 'data.provider-failed' });
    expect(sheets.newest).toBeUndefined();
    expect(await sheets.rowsOf('7001')).toHaveLength(3);
    expect(asked().map(({ query }) => query.date)).toEqual([days[0], days[1], days[1], days[2]]);
  });

  it.each([
    ['a refusal', { status: 400, body: '{}' }, 'data.provider-refused'],
    ['a row of another day', { body: JSON.stringify({ data: [row('2025-01-09')] }) }, 'data.provider-reply-invalid'],
  ])('request no further day after %s', async (_, reply, code) => {
    const { client, asked } = await serveJQuants(({ query }) => (query.date === days[1] ? reply : [row(query.date)]));
    const sheets = new DailySheets(client, days, ['7001']);
    await expect(sheets.rowsOf('7001')).rejects.toMatchObject({ code });
    await expect(sheets.rowsOf('7001')).rejects.toMatchObject({ code });
    expect(asked()).toHaveLength(2);
  });
});
