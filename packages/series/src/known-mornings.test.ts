import { dayNumber, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { overnightReturns } from './known-mornings.ts';

/** A Friday, then a Tuesday after a holiday in Japan, then a Wednesday. */
const days = Int32Array.from(['2026-11-20', '2026-11-24', '2026-11-25'], (date) => dayNumber(parseTradeDate(date)));
/** Closes of days in New York. */
const closes = [
  ['2026-11-19', 100],
  ['2026-11-20', 110],
  ['2026-11-23', 121],
  ['2026-11-24', 100],
  ['2026-11-25', 90],
] as const;

const overnight = (rows: readonly (readonly [string, number])[]) =>
  Array.from(overnightReturns(days, 'nasdaq', new Map(rows.map(([date, value]) => [parseTradeDate(date), value]))));

describe('what America did before each next session', () => {
  it('is known at 08:30 of it: what ended since that of the morning before, also over a holiday in Japan', () => {
    // Before Tuesday the sessions of Friday and Monday ended, before Wednesday and Thursday one each.
    expect(overnight(closes)).toEqual([Math.log(121 / 100), Math.log(100 / 121), Math.log(90 / 100)]);
  });

  it('is not known where the newest session is missing, so that an old value does not pass for it', () => {
    expect(overnight(closes.slice(0, -1))).toEqual([Math.log(121 / 100), Math.log(100 / 121), NaN]);
  });

  it('is nothing while New York is closed and Tokyo is not', () => {
    const thanksgiving = Int32Array.of(dayNumber(parseTradeDate('2026-11-26')));
    const values = new Map([[parseTradeDate('2026-11-25'), 90]]);
    expect(Array.from(overnightReturns(thanksgiving, 'nasdaq', values))).toEqual([0]);
  });
});
