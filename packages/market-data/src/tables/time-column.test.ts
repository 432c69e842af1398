import { addDays, type TradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { parseBarFile } from '../providers/csv/bar-file.ts';
import { dateFormatOf } from './time-column.ts';

const header = 'date,open,high,low,close,volume';
const file = (...dates: readonly string[]) => [header, ...dates.map((date) => `${date},1,1,1,1,100`)].join('\n');

describe('the format of dates that can be read in two ways', () => {
  it('is the one in which all rows exist', () => {
    expect(dateFormatOf(['11/08/2024', '11/20/2024'])).toBe('MM/DD/YYYY');
    expect(dateFormatOf(['08.11.2024', '20.11.2024'])).toBe('DD/MM/YYYY');
    expect(dateFormatOf(['24/11/20', '24/12/31'])).toBe('YY/MM/DD');
  });

  it('is not known where two fit, where none does, and where none is needed', () => {
    expect(dateFormatOf(['11/08/2024', '11/07/2024'])).toBeUndefined();
    expect(dateFormatOf(['11/20/2024', '20/11/2024'])).toBeUndefined();
    expect(dateFormatOf(['2024-11-20', '11/20/2024'])).toBeUndefined();
  });

  it('puts rows on sessions, where there are enough of them to tell', () => {
    const february = Array.from({ length: 28 }, (_, day) => addDays('2025-02-01' as TradeDate, day));
    const isWorkday = (date: string) => ![0, 6].includes(new Date(date).getUTCDay());
    const rows = february.filter(isWorkday).map((date) => date.slice(2).replaceAll('-', '/'));
    expect(dateFormatOf(rows, isWorkday)).toBe('YY/MM/DD');
    expect(dateFormatOf(rows.slice(0, 4), isWorkday)).toBeUndefined();
  });

  it('is said where the rows do not show it', () => {
    const text = file('06/01/2025', '07/01/2025');
    expect(parseBarFile(text, 'x.csv').malformed).toHaveLength(2);
    const { times, malformed, form } = parseBarFile(text, 'x.csv', { dateFormat: 'DD/MM/YYYY' });
    expect([malformed, form.dates, [...times]]).toEqual([[], ['DD/MM/YYYY'], [20_094, 20_095]]);
    const american = parseBarFile(text, 'x.csv', { dateFormat: 'MM/DD/YYYY' });
    expect([...american.times]).toEqual([20_240, 20_270]);
  });
});
