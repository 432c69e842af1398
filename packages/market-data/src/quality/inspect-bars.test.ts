import type { PriceBasis, PriceFactor } from '@daytrade/contracts';
import { dateOfDayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceRows } from '../provider.ts';
import { parseBarFile } from '../providers/csv/bar-file.ts';
import { masterOf } from '../symbols/symbol-table.ts';
import { inspectBars } from './inspect-bars.ts';

/** After every bar of the tests. */
const later = Date.parse('2026-11-27T00:00:00Z');

function rowsOf(lines: readonly string[], priceBasis?: PriceBasis, first = 'date'): SourceRows {
  const text = [`${first},open,high,low,close,volume`, ...lines].join('\n');
  const master = masterOf(parseSymbol('7203'), { tickTable: 'topix500' });
  const { form: _, ...rows } = parseBarFile(text, 'daily/7203.T.csv');
  return { ...rows, master, file: 'daily/7203.T.csv', priceBasis };
}

/** Inspects daily rows of traded prices. */
function inspect(...lines: readonly string[]) {
  return inspectBars(rowsOf(lines, 'traded'), later);
}

function dates(inspection: ReturnType<typeof inspectBars>): string[] {
  return inspection.bars.interval === '1d' ? [...inspection.bars.columns.days].map(dateOfDayNumber) : [];
}

const good = '2024-01-04,1000,1010,990,1005,100';

const split = (date: string, value: number, kind: PriceFactor['kind'] = 'split'): PriceFactor => {
  return { date: parseTradeDate(date), kind, value, knownOn: parseTradeDate(date), source: 'jquants' };
};

it('lists the first rows of each reason, and counts all', () => {
  const text = Array.from({ length: 120 }, () => '2024-01-05,0,0,0,0,100');
  const { entries, counts } = inspectBars(rowsOf([good, '2024-02-30,1,1,1,1,1', ...text], 'traded'), later);
  expect([entries.length, entries[0]?.reason, entries.at(-1)?.line]).toEqual([101, 'date-invalid', 103]);
  expect(counts).toEqual([
    { reason: 'date-invalid', severity: 'quarantined', rows: 1 },
    { reason: 'price-not-positive', severity: 'quarantined', rows: 120 },
  ]);
});

describe('a split that the source names', () => {
  const after = ['2024-01-05,201,204,198,202,500', '2024-01-09,202,205,200,203,500'];

  it('moves the daily limits of traded prices with it, also where the ex-day had no trade', () => {
    const rows = rowsOf([good, ...after], 'traded');
    for (const day of ['2024-01-05', '2024-01-04']) {
      const known = inspectBars({ ...rows, factors: [split(day, 0.2)] }, later);
      expect(known.entries).toHaveLength(day === '2024-01-05' ? 0 : 2);
    }
    const halted = rowsOf([good, after[1]!], 'traded');
    expect(inspectBars({ ...halted, factors: [split('2024-01-05', 0.2)] }, later).entries).toEqual([]);
  });

  it('still keeps out what lies beyond the moved limits, and no dividend moves them', () => {
    const rows = rowsOf([good, '2024-01-05,305,310,300,302,500'], 'traded');
    expect(inspectBars({ ...rows, factors: [split('2024-01-05', 0.2)] }, later).entries).toMatchObject([
      { reason: 'limit-exceeded' },
    ]);
    const dividend = rowsOf([good, after[0]!], 'traded');
    expect(inspectBars({ ...dividend, factors: [split('2024-01-05', 800, 'dividend')] }, later).entries).toHaveLength(
      1,
    );
  });

  it('counts from the close before it up to the row, with all others in between', () => {
    const rows = rowsOf([good, '2024-01-09,251,254,248,252,500'], 'traded');
    const reasons = (...factors: readonly PriceFactor[]) =>
      inspectBars({ ...rows, factors }, later).entries.map(({ reason }) => reason);
    expect(reasons(split('2024-01-05', 0.5), split('2024-01-09', 0.5))).toEqual([]);
    expect(reasons(split('2024-01-04', 0.25))).toEqual(['limit-exceeded']);
    expect(reasons(split('2024-01-10', 0.25))).toEqual(['limit-exceeded']);
    // With half of the price, the limits of 502.5 yen end at 402.5.
    expect(reasons(split('2024-01-05', 0.5))).toEqual(['limit-exceeded']);
  });

  it('changes nothing about prices that are adjusted for it', () => {
    const rows = rowsOf([good, '2024-01-05,1005,1020,1000,1010,200'], 'split-adjusted');
    expect(inspectBars({ ...rows, factors: [split('2024-01-05', 0.2)] }, later).entries).toEqual([]);
  });
});

describe('the quality gate', () => {
  it.each([
    ['price-not-positive', '2024-01-05,-1,1020,1000,1010,200', 'found open, high, low, close -1, 1020, 1000, 1010'],
    ['price-implausible', '2024-01-05,1000,2e9,1000,1010,200', 'up to 1,000,000,000 yen'],
    ['volume-negative', '2024-01-05,1005,1020,1000,1010,-1', 'expected a volume of 0 or more, found -1'],
    [
      'volume-implausible',
      '2024-01-05,1005,1020,1000,1010,1.5',
      'a whole number of shares up to 1,000,000,000,000, found 1.5',
    ],
    ['high-below-low', '2024-01-05,1005,1000,1020,1010,200', 'expected high >= low, found high 1000, low 1020'],
    [
      'open-outside-range',
      '2024-01-05,999.9,1020,1000,1010,200',
      'expected open between low 1000 and high 1020, found 999.9',
    ],
    [
      'close-outside-range',
      '2024-01-05,1005,1020,1000,1020.1,200',
      'expected close between low 1000 and high 1020, found 1020.1',
    ],
    ['closed-day', '2024-01-06,1005,1020,1000,1010,200', 'the exchange was closed on 2024-01-06 (Saturday)'],
    ['placeholder', '2024-01-05,1005,1005,1005,1005,0', 'nothing was traded'],
    ['date-duplicate', '2024-01-04,1000,1010,990,1005,100', 'line 2 has the same date and is kept'],
    [
      'limit-exceeded',
      '2024-01-05,1300,1305.5,1290,1300,200',
      'the daily limits allow 705 to 1305 yen after the close of 1005 on 2024-01-04',
    ],
  ])('keeps out %s: %s', (reason, row, message) => {
    const next = '2024-01-09,1005,1020,1000,1010,200';
    const inspection = inspect(good, row, next);
    expect(dates(inspection)).toEqual(['2024-01-04', '2024-01-09']);
    expect(inspection.entries).toEqual([
      {
        symbol: '7203',
        date: row.split(',')[0],
        file: 'daily/7203.T.csv',
        line: 3,
        severity: 'quarantined',
        reason,
        message: expect.stringContaining(message),
        row,
      },
    ]);
  });

  it('gives the first fault as the reason and lists all of them', () => {
    const [entry] = inspect(good, '2024-01-08,1005,1005,1005,1005,0').entries;
    expect(entry).toMatchObject({ reason: 'closed-day', message: expect.stringContaining('nothing was traded') });
  });

  it('keeps the first good row of a date, also when a bad one of that date comes before it', () => {
    const inspection = inspect('2024-01-04,1000,1010,990,-1,100', good, good);
    expect(inspection.bars.columns.close).toEqual(Float64Array.of(1005));
    expect(inspection.entries.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'price-not-positive'],
      [4, 'date-duplicate'],
    ]);
  });

  it('accepts the whole band of the daily limit, and n bands over n sessions', () => {
    expect(inspect(good, '2024-01-05,1305,1305,705,705,200').entries).toEqual([]);
    expect(inspect(good, '2024-01-09,1600,1605,1500,1600,200').entries).toEqual([]);
    expect(inspect(good, '2024-01-09,1600,1800,1500,1600,200').entries).toMatchObject([
      { reason: 'limit-exceeded', message: expect.stringContaining('over 2 sessions') },
    ]);
  });

  it('warns about a gap of more than five sessions, and checks no limit after it', () => {
    const at = (date: string, price: number) => `${date},${price},${price},${price},${price},100`;
    expect(inspect(good, at('2024-01-15', 1_005)).entries).toEqual([]);
    expect(inspect(good, at('2024-01-15', 100_000)).entries).toMatchObject([
      { reason: 'limit-exceeded', message: expect.stringContaining('over 6 sessions') },
    ]);
    expect(inspect(good, at('2024-01-16', 100_000)).entries).toMatchObject([
      {
        severity: 'warning',
        reason: 'sessions-missing',
        message: '6 sessions are missing between 2024-01-04 and 2024-01-16',
      },
    ]);
    expect(inspect(good, at('2024-01-16', 100_000)).bars.columns.close).toHaveLength(2);
  });

  it('gives the columns of the source themselves where every row is good and in order', () => {
    const rows = rowsOf([good, '2024-01-05,1005,1020,1000,1010,200'], 'traded');
    expect(inspectBars(rows, later).bars.columns.close).toBe(rows.close);
    const reversed = rowsOf(['2024-01-05,1005,1020,1000,1010,200', good], 'traded');
    expect(inspectBars(reversed, later).bars.columns).toEqual(inspectBars(rows, later).bars.columns);
    const alone = rowsOf([good, '2024-01-05,1005,1020,1000,0,200'], 'traded');
    expect([...inspectBars(alone, later).bars.columns.close]).toEqual([1_005]);
  });

  it('judges 5-minute bars by the last bar of an earlier day, and only warns', () => {
    const at = (stamp: string, price: number) => `${stamp}:00+09:00,${price},${price},${price},${price},100`;
    const lines = [
      at('2025-01-22 09:00', 1_000),
      at('2025-01-22 15:25', 1_400),
      at('2025-01-23 09:00', 1_000),
      at('2025-01-23 09:00', 1_400),
      at('2025-01-23 09:05', 1_750),
      at('2025-01-23 09:10', 1_710),
    ];
    const { entries, bars } = inspectBars(rowsOf(lines, 'traded', 'timestamp'), later);
    expect(bars.columns.close).toHaveLength(5);
    expect(entries.map(({ line, severity, reason, date }) => [line, severity, reason, date])).toEqual([
      [4, 'warning', 'limit-exceeded', '2025-01-23 09:00:00'],
      [5, 'quarantined', 'date-duplicate', '2025-01-23 09:00:00'],
      [6, 'warning', 'limit-exceeded', '2025-01-23 09:05:00'],
      [7, 'warning', 'limit-exceeded', '2025-01-23 09:10:00'],
    ]);
    expect(entries[1]?.message).toBe('line 4 has the same date and is kept');
    expect(entries[2]?.message).toContain('after the close of 1400 on 2025-01-22,');
  });

  it('takes the new level of traded prices after six sessions, as after an unadjusted split', () => {
    const after = ['05', '09', '10', '11', '12', '15', '16', '17'].map((day) => `2024-01-${day},100,101,99,100,500`);
    const inspection = inspect(good, ...after);
    expect(dates(inspection)).toEqual(['2024-01-04', '2024-01-16', '2024-01-17']);
    expect(inspection.entries.map(({ reason, severity }) => `${severity} ${reason}`)).toEqual([
      ...Array.from({ length: 6 }, () => 'quarantined limit-exceeded'),
      'warning sessions-missing',
    ]);
  });

  it('takes a legal fall within limits that were widened after two sessions at them', () => {
    const fall = ['2024-01-10,300,310,295,300,900', '2024-01-11,300,320,260,280,900'];
    const close = '2024-01-04,1000,1010,990,1000,100';
    const atLimit = ['2024-01-05,700,700,700,700,400', '2024-01-09,550,550,550,550,400'];
    const filledIn = ['2024-01-05,700,700,700,700,0', '2024-01-09,550,550,550,550,0'];
    for (const between of [[], atLimit]) {
      expect(inspect(close, ...between, ...fall).entries).toEqual([]);
    }
    expect(inspect(close, ...filledIn, ...fall).entries.map(({ reason }) => reason)).toEqual([
      'placeholder',
      'placeholder',
    ]);
  });

  it('keeps out what lies beyond widened limits, or before they are widened', () => {
    const close = '2024-01-04,1000,1010,990,1000,100';
    const wrong = ['2024-01-10,149,150,140,149,900', '2024-01-11,950,960,940,950,100'];
    expect(inspect(close, ...wrong).entries).toMatchObject([
      {
        line: 3,
        reason: 'limit-exceeded',
        message: expect.stringContaining('allow 150 to 3200 yen after the close of 1000 on 2024-01-04 over 3 sessions'),
      },
    ]);
    // One session at the limit only; and two sessions that had trades, whose rows were kept out.
    expect(inspect(close, '2024-01-09,300,310,295,300,900').entries).toMatchObject([{ reason: 'limit-exceeded' }]);
    const traded = ['2024-01-05,300,310,290,300,900', '2024-01-09,300,310,290,300,900'];
    expect(inspect(close, ...traded, '2024-01-10,300,310,295,300,900').entries).toHaveLength(3);
  });

  it('only warns about a move beyond the limit on adjusted prices', () => {
    for (const basis of ['split-adjusted', 'fully-adjusted'] as const) {
      const inspection = inspectBars(rowsOf([good, '2024-01-05,1400,1410,1390,1400,200'], basis), later);
      expect(dates(inspection)).toEqual(['2024-01-04', '2024-01-05']);
      expect(inspection.entries).toMatchObject([{ severity: 'warning', reason: 'limit-exceeded', line: 3 }]);
      expect(inspection.entries[0]?.message).toBe(
        'further from the close of 1005 on 2024-01-04 than the daily limits would allow a price of that size, ' +
          `found low 1390, high 1410; the prices are ${basis}, so this is derived, not a limit of that day`,
      );
    }
  });

  it('tolerates 0.01 yen of rounding on adjusted prices and none on traded ones', () => {
    const rounded = '2024-01-05,1005,1010.32,1000,1010.33,200';
    expect(inspectBars(rowsOf([good, rounded], 'fully-adjusted'), later).entries).toEqual([]);
    expect(inspectBars(rowsOf([good, rounded], 'traded'), later).entries).toMatchObject([
      { reason: 'close-outside-range' },
    ]);
    const beyond = '2024-01-05,1005,1010.32,1000,1010.35,200';
    expect(inspectBars(rowsOf([good, beyond], 'fully-adjusted'), later).entries).toMatchObject([
      { reason: 'close-outside-range' },
    ]);
  });

  it('keeps rows of 5 minutes in session hours and says which hours those are', () => {
    const stamps = ['08:55', '09:00', '11:30', '11:35', '12:30', '15:30', '15:35'];
    const lines = stamps.map((time) => `2025-01-22 ${time}:00+09:00,1000,1010,990,1005,100`);
    const inspection = inspectBars(rowsOf(lines, 'traded', 'timestamp'), later);
    expect(inspection.bars.interval).toBe('5m');
    expect(inspection.bars.columns.close).toHaveLength(4);
    expect(inspection.entries.map(({ date, reason }) => `${date} ${reason}`)).toEqual([
      '2025-01-22 08:55:00 outside-session',
      '2025-01-22 11:35:00 outside-session',
      '2025-01-22 15:35:00 outside-session',
    ]);
    expect(inspection.entries[0]!.message).toBe(
      'expected a bar from 09:00 to 11:30 and 12:30 to 15:30 in Japan, found 08:55',
    );
  });

  it.each([
    ['2024-11-05', '2024-11-05T06:29:59Z', 'the session of 2024-11-05 ends at 15:30 in Japan; it was 2024-11-05 15:29'],
    ['2024-11-01', '2024-11-01T05:59:59Z', 'the session of 2024-11-01 ends at 15:00 in Japan; it was 2024-11-01 14:59'],
    ['2027-03-01', '2026-11-27T00:00:00Z', 'the session of 2027-03-01 ends at 15:30 in Japan; it was 2026-11-27 09:00'],
  ])('takes the day %s only after its close', (date, before, message) => {
    const rows = rowsOf([`${date},1000,1010,990,1005,100`], 'traded');
    const early = inspectBars(rows, Date.parse(before));
    expect(dates(early)).toEqual([]);
    expect(early.entries).toMatchObject([{ reason: 'not-over-yet', severity: 'quarantined', line: 2 }]);
    expect(early.entries[0]?.message).toBe(`${message} there when the row was read`);
    const close = date < '2024-11-05' ? '15:00' : '15:30';
    expect(dates(inspectBars(rows, Date.parse(`${date}T${close}:00+09:00`)))).toEqual([date]);
  });

  it('loses no row: each is kept, or kept out with an entry', () => {
    const day = fc.integer({ min: 1, max: 31 }).map((n) => `2024-01-${String(n).padStart(2, '0')}`);
    const price = fc.integer({ min: -1, max: 12 }).map((n) => 950 + n * 10);
    const row = fc
      .tuple(day, price, price, price, price, fc.integer({ min: -1, max: 2 }))
      .map((fields) => fields.join(','));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (lines) => {
        const { bars, entries } = inspectBars(rowsOf(lines, 'traded'), later);
        const quarantined = entries.filter(({ severity }) => severity === 'quarantined');
        expect(bars.columns.close.length + quarantined.length).toBe(lines.length);
        expect(new Set(quarantined.map(({ line }) => line)).size).toBe(quarantined.length);
        for (const { line, row: text } of entries) expect(text).toBe(lines[line - 2]);
        const days = bars.interval === '1d' ? [...bars.columns.days] : [];
        expect(days).toEqual([...new Set(days)].sort((a, b) => a - b));
      }),
    );
  });
});
