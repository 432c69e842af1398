import { dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { compareBars } from './compare-bars.ts';

const sessions = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-06-28'));
type Bar = { open: number; high: number; low: number; close: number; volume: number };

/** Bars of a wave around 2,000 yen, changed by the test. */
function bars(change: (bar: Bar, date: string) => Bar | undefined = (bar) => bar): BarColumns {
  const rows = sessions.flatMap((date, row) => {
    const close = 2_000 + 40 * Math.sin(row / 3);
    const bar = { open: close - 3, high: close + 10, low: close - 12, close, volume: 1_000 + row };
    const changed = change(bar, date);
    return changed === undefined ? [] : [{ day: dayNumber(date), ...changed }];
  });
  const column = (name: keyof Bar) => Float64Array.from(rows, (row) => row[name]);
  return {
    days: Int32Array.from(rows, ({ day }) => day),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

function scaled({ open, high, low, close, volume }: Bar, factor: number): Bar {
  const [o, h, l, c] = [open, high, low, close].map((price) => Number((price * factor).toFixed(2)));
  return { open: o!, high: h!, low: l!, close: c!, volume };
}

const kinds = (other: BarColumns, stored = bars()) =>
  compareBars(stored, other).differences.map(({ date, kind }) => `${date} ${kind}`);

describe('two sources of a symbol', () => {
  it('do not differ when one is the other, scaled and rounded', () => {
    expect(compareBars(bars(), bars())).toMatchObject({
      days: 120,
      from: '2024-01-04',
      to: '2024-06-28',
      tolerance: 5e-4,
      differences: [],
    });
    expect(kinds(bars((bar) => scaled(bar, 0.8731)))).toEqual([]);
  });

  it('that adjust differently differ on the ex-dividend day and at the split alone', () => {
    const adjusted = bars((bar, date) => scaled(bar, date < '2024-03-28' ? 0.985 : 1));
    expect(kinds(adjusted)).toEqual(['2024-03-28 ex-dividend']);
    expect(kinds(bars(), adjusted)).toEqual(['2024-03-28 ex-dividend']);
    const split = bars((bar, date) => (date < '2024-04-01' ? { ...scaled(bar, 1 / 3), volume: bar.volume * 3 } : bar));
    expect(compareBars(bars(), split).differences).toMatchObject([{ date: '2024-04-01', kind: 'split' }]);
    expect(kinds(bars((bar, date) => scaled(bar, date < '2024-05-01' ? 0.8 : 1)))).toEqual(['2024-05-01 step']);
  });

  it('are compared bar by bar beside that: prices, volumes and days', () => {
    const stored = bars((bar, date) => (date === '2024-02-07' ? undefined : bar));
    const same = bars((bar, date) => (date === '2024-02-06' ? undefined : bar));
    expect(kinds(same, stored)).toEqual(['2024-02-06 only-stored', '2024-02-07 only-other']);
    const faulty = bars((bar, date) => {
      if (date === '2024-02-01') return { ...bar, close: bar.close * 1.01 };
      if (date === '2024-02-02') return { ...bar, high: bar.high + 5 };
      return date === '2024-02-05' ? { ...bar, volume: bar.volume * 2 } : bar;
    });
    expect(kinds(faulty)).toEqual(['2024-02-01 price', '2024-02-02 price', '2024-02-05 volume']);
    expect(compareBars(bars(), faulty).differences[1]?.message).toMatch(/^high 0\.2\d % \(stored 20\d\d/);
  });

  it('differ by as much as is asked for', () => {
    const faulty = bars((bar, date) => (date === '2024-02-02' ? { ...bar, high: bar.high * 1.004 } : bar));
    expect(compareBars(bars(), faulty, 0.005)).toMatchObject({ tolerance: 0.005, differences: [] });
    expect(compareBars(bars(), faulty, 0.003).differences).toHaveLength(1);
  });

  it('may have no day in common', () => {
    expect(
      compareBars(
        bars(),
        bars(() => undefined),
      ),
    ).toMatchObject({ days: 0, from: null, differences: [] });
  });
});
