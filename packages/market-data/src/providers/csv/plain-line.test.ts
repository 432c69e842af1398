import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLines, type LineStart } from '../../tables/lines.ts';
import { openBarTable } from './bar-table.ts';
import { RowCollector } from './row-collector.ts';

/** All that is found in a text, with or without a look for plain lines first. */
function collected(text: string, isPlainFirst: boolean) {
  const table = openBarTable(text, '7203.csv');
  const { columns, separator, fields, body } = table;
  const rows = new RowCollector({
    columns,
    separator,
    fields,
    interval: '1d',
    file: '7203.csv',
    wanted: undefined,
    capacity: text.split('\n').length,
    text,
  });
  if (isPlainFirst) for (let next: LineStart | undefined = body; next !== undefined; ) next = rows.addSome(next, 2);
  else for (const line of csvLines(text, body)) rows.add(line);
  const { rowText, ...found } = rows.finish();
  return { ...found, texts: Array.from(found.times.keys(), rowText) };
}

const days = [
  '2024-01-04',
  '2024-01-05',
  '2024-1-5',
  '20240105',
  '2024-02-30',
  '1999-01-04',
  '2024-01-0x',
  '',
  ' 2024-01-09',
];
const numbers = [
  '1',
  '1000',
  '150.7',
  '0.1',
  '1.',
  '.5',
  '.',
  '-1',
  '+3',
  '1e3',
  '1,000',
  '',
  '-',
  ' 7',
  '1..2',
  '12345678901234567',
];
const ends = ['\n', '\r\n', '\n\n', ' \n', ',\n', '\r', '', '"\n'];
const number = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('1000', '1001.5') }, fc.constantFrom(...numbers));
const line = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom('2024-01-04', '2024-01-10') }, fc.constantFrom(...days)),
    ...([number, number, number, number, number] as const),
    fc.oneof({ weight: 6, arbitrary: fc.constant('\n') }, fc.constantFrom(...ends)),
  )
  .map(([day, open, high, low, close, volume, end]) => `${[day, open, high, low, close, volume].join(',')}${end}`);

describe('lines that are read without a text of each field', () => {
  it.each([
    'date,open,high,low,close,volume\n',
    'Volume,Close,Date,Low,High,Open\r\n',
    '日付,始値,高値,安値,終値,出来高\n',
    'date,open,high,low,close,volume,remark\n',
    'date;open;high;low;close;volume\n',
  ])('give what the others give, below %j', (header) => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = header + lines.join('').replaceAll(',', header.includes(';') ? ';' : ',');
        expect(collected(text, true)).toEqual(collected(text, false));
      }),
      { numRuns: 60 },
    );
  });

  it('are told from others in a file with Japanese text in a row', () => {
    const text = 'date,open,high,low,close,volume\n2024-01-04,1,1,1,1,1\n2024-01-05,1,1,1,İ,１\n2024-01-09,1,1,1,1,1';
    const found = collected(text, true);
    expect(found).toEqual(collected(text, false));
    expect([found.times.length, found.malformed.length]).toEqual([2, 1]);
    expect(found.texts).toEqual(['2024-01-04,1,1,1,1,1', '2024-01-09,1,1,1,1,1']);
  });
});
