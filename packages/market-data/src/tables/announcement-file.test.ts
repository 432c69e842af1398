import { describe, expect, it } from 'vitest';
import { readAnnouncementFile } from './announcement-file.ts';

const now = Date.parse('2025-11-20T00:00:00Z');
const read = (text: string) => readAnnouncementFile(new TextEncoder().encode(text), 'x.csv', now);
const plan = { symbol: '7203', date: '2025-11-28', kind: 'planned', time: null, knownUntil: null };

describe('a file of earnings dates', () => {
  it('has a day known from its time or its end on, and one to come from now', async () => {
    const { announcements } = await read(
      'Code,Date,Time\n7203,2025-11-06,13:00\n72030,2025/11/7,\n7203.T,20251128,-\n',
    );
    expect(announcements).toEqual([
      { ...plan, date: '2025-11-06', kind: 'made', time: '13:00', knownSince: '2025-11-06T04:00:00.000Z' },
      { ...plan, date: '2025-11-07', kind: 'made', knownSince: '2025-11-07T15:00:00.000Z' },
      { ...plan, knownSince: '2025-11-20T00:00:00.000Z' },
    ]);
  });

  it('is read by Japanese headers, with times of Japan', async () => {
    const { announcements } = await read(
      '証券コード;銘柄名;決算発表予定日;発表時刻;公表日時\n7203;x;2025年11月28日;15時30分;2025/10/06 01:39\n',
    );
    expect(announcements).toEqual([{ ...plan, time: '15:30', knownSince: '2025-10-05T16:39:00.000Z' }]);
  });

  it('has a plan that a later edition of the schedule moved stand until that edition', async () => {
    const { announcements } = await read(`code,date,kind,known_since,last_listed
143A,2025-11-10,第２,2025-10-06T01:39,2025-11-04T01:45
143A,2025-11-14,第２,2025-11-05T01:46,2025-11-19T01:54
2502,2025-11-12,第３,2025-10-06T01:39,2025-10-14T01:38
9999,2025-11-28,第３,2025-10-15T01:38,2025-11-19T01:54
9999,2025-12-28,第３,2025-11-19T01:54,2025-11-19T00:00
`);
    expect(announcements.map(({ date, kind, knownUntil }) => [date, kind, knownUntil])).toEqual([
      ['2025-11-10', 'planned', '2025-11-04T16:46:00.000Z'],
      ['2025-11-14', 'planned', null],
      // No other day took its place.
      ['2025-11-12', 'planned', '2025-10-14T16:38:00.000Z'],
      // The newest edition still has it.
      ['2025-11-28', 'planned', null],
      ['2025-12-28', 'planned', null],
    ]);
  });

  it('has one row of each symbol, day and kind: known as early as any, and for as long', async () => {
    const { announcements } = await read(`code,date,known_since,last_listed
7203,2025-11-10,2025-10-08T09:00,2025-10-09T09:00
7203,2025-11-10,2025-10-06T09:00,2025-10-07T09:00
6501,2025-11-11,2025-10-08T09:00,2025-11-11T09:00
6501,2025-11-11,2025-10-06T09:00,2025-10-07T09:00
8306,2025-11-12,2025-10-10T09:00,2025-11-12T09:00
`);
    expect(announcements.map(({ symbol, knownSince, knownUntil }) => [symbol, knownSince, knownUntil])).toEqual([
      ['7203', '2025-10-06T00:00:00.000Z', '2025-10-10T00:00:00.000Z'],
      ['6501', '2025-10-06T00:00:00.000Z', null],
      ['8306', '2025-10-10T00:00:00.000Z', null],
    ]);
  });

  it('names each bad row', async () => {
    const { rows, announcements, faults } = await read(`code,date,time,known_since,last_listed
72,2025-11-06,,,
7203,2025-02-30,,,
7203,2025-11-06,noon,,
7203,2025-11-06,,2025-11-21,
7203,2025-11-06,,2025-11-05,2025-11-04T10:00
7203,2025-11-06
`);
    expect([rows, announcements.length]).toEqual([6, 1]);
    expect(faults.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '2 code: expected a code as 7203, 72030 or 7203.T, got "72"',
      '3 date: expected a date that exists, as YYYY-MM-DD, got "2025-02-30"',
      '4 time: expected a time of day in Japan as 15:30, or nothing, got "noon"',
      '5 known_since: expected an instant that is past, got "2025-11-21"',
      '6 last_listed: expected a day from that of known_since on, got "2025-11-04T10:00"',
    ]);
  });

  it.each([
    ['\n', /nothing but blank lines/],
    ['code,date\n', /no row after the header/],
    ['date,close\n2025-11-06,1\n', /line 1: the header is "date,close", expected code,date/],
  ])('is not %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});
