import { describe, expect, it } from 'vitest';
import { namedColumns, nameOfColumn } from './columns.ts';

it.each([
  ['Date', 'date'],
  ['Adj Close', 'adjclose'],
  ['adj_close', 'adjclose'],
  [' 終値（円） ', '終値'],
  ['出来高[株]', '出来高'],
  ['<CLOSE>', 'close'],
  ['※始値*', '始値'],
  [`"Vol."`, 'vol.'],
  ['ＣＬＯＳＥ', 'close'],
])('the column %s is called %s', (written, name) => {
  expect(nameOfColumn(written)).toBe(name);
});

describe('the columns of a header', () => {
  const columns = (header: string) => {
    const { at, ...more } = namedColumns(header.split(','));
    return { at: Object.fromEntries(at), ...more };
  };
  const english = { twice: [], volumeUnit: 1, language: 'English' };

  it('are found by any of their names, and others are passed over', () => {
    expect(columns('Ticker,x,Date,Open,High,Low,Price,Vol.,Adj Close')).toEqual({
      ...english,
      at: { code: 0, date: 2, open: 3, high: 4, low: 5, close: 6, volume: 7, adjustedClose: 8 },
    });
    expect(columns('x,y')).toEqual({ ...english, at: {} });
  });

  it('are Japanese where one that counts is', () => {
    const at = { date: 0, close: 1, volume: 2 };
    expect(columns('日付,close,出来高(千株)')).toEqual({ ...english, at, volumeUnit: 1_000, language: 'Japanese' });
    expect(columns('date,close,volume,備考')).toEqual({ ...english, at });
    expect(columns('date,close(千株)')).toEqual({ ...english, at: { date: 0, close: 1 } });
    expect(columns('出来高(千株),date')).toMatchObject({ at: { volume: 0, date: 1 }, volumeUnit: 1_000 });
  });

  it('call a time a moment, and a time of the day beside a date', () => {
    expect(columns('time,close').at).toEqual({ stamp: 0, close: 1 });
    expect(columns('date,time,close').at).toEqual({ date: 0, timeOfDay: 1, close: 2 });
    expect(columns('time,date').at).toEqual({ timeOfDay: 0, date: 1 });
    expect(columns('date,timestamp').at).toEqual({ date: 0, stamp: 1 });
  });

  it('name those that are there twice', () => {
    expect(columns('date,close,日付,c,close')).toEqual({
      ...english,
      at: { date: 0, close: 1 },
      twice: ['日付', 'c', 'close'],
    });
  });
});
