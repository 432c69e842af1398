import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..');

beforeAll(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'ja' });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
});

/** Messages as the gate writes them, by a part that its source has. */
const messages: readonly (readonly [file: string, part: string, message: string])[] = [
  ['providers/csv/row-collector.ts', 'fields as in the header, found', 'expected 6 fields as in the header, found 5'],
  ['tables/numbers.ts', 'expected a number, got', 'close: expected a number, got "-"'],
  [
    'tables/numbers.ts',
    'write a decimal point in place of the comma',
    'close: expected a number, got "884,64"; write a decimal point in place of the comma',
  ],
  [
    'tables/numbers.ts',
    'write it without the comma',
    'open: "1,5" between semicolons can be read as 15 or 1.5; write it without the comma',
  ],
  [
    'tables/moments.ts',
    'expected a date that exists, as YYYY-MM-DD, got',
    '日付: expected a date that exists, as YYYY-MM-DD, got "2025-02-30"',
  ],
  ['tables/moments.ts', 'expected a day from', '日付: expected a day from 2000-01-01 to 2030-12-31, got 1999-12-30'],
  [
    'tables/moments.ts',
    ' can be read as ',
    '日付: "01/02/2025" can be read as 2025-02-01 (day first) or 2025-01-02 (month first); say which by ' +
      '--date-format, as DD/MM/YYYY or MM/DD/YYYY, or write it as YYYY-MM-DD',
  ],
  [
    'tables/moments.ts',
    'or a time with its offset to UTC',
    '日付: "2025-01-06 15:00" can be read as 2025-01-06 (time of Japan) or 2025-01-07 (UTC); expected a ' +
      'date as YYYY-MM-DD, or a time with its offset to UTC',
  ],
  [
    'tables/moments.ts',
    'the beginning of a 5-minute bar with its offset to UTC',
    '日付: expected the beginning of a 5-minute bar with its offset to UTC, as 2025-01-22 09:05:00+09:00, ' +
      'got "2025-01-22 09:01:00+09:00"',
  ],
  [
    'quality/row-rules.ts',
    'expected prices above 0 and up to',
    'expected prices above 0 and up to 1,000,000,000 yen, found open, high, low, close 1, 2, -1, 1; ' +
      'expected open between low 3 and high 4, found 1',
  ],
  ['quality/row-rules.ts', 'expected a volume of 0 or more', 'expected a volume of 0 or more, found -5'],
  [
    'quality/row-rules.ts',
    'expected a volume that is',
    'expected a volume that is a whole number of shares up to 1,000,000,000,000, found 0.5',
  ],
  [
    'quality/row-rules.ts',
    'expected high >= low',
    "expected high >= low, found high 1, low 2; the exchange was closed on 2025-01-01 (New Year's Day)",
  ],
  [
    'quality/row-rules.ts',
    'between low',
    'expected open between low 3 and high 4, found 1; expected close between low 3 and high 4, found 9',
  ],
  [
    'quality/row-rules.ts',
    'expected a bar from',
    'expected a bar from 09:00 to 11:30 and 12:30 to 15:30 in Japan, found 12:00',
  ],
  [
    'quality/row-rules.ts',
    'the session of',
    'the session of 2026-12-01 ends at 15:30 in Japan; it was 2026-12-01 10:00 there when the row was read',
  ],
  [
    'quality/row-rules.ts',
    'the bar ends at',
    'the bar ends at 2026-12-01 10:05 in Japan; it was 2026-12-01 10:00 there when the row was read',
  ],
  [
    'quality/row-rules.ts',
    'which a vendor filled in',
    'volume 0 and four equal prices (105), which a vendor filled in: nothing was traded',
  ],
  ['quality/inspect-bars.ts', 'has the same date and is kept', 'line 5 has the same date and is kept'],
  [
    'quality/sequence-rules.ts',
    'sessions are missing between',
    '7 sessions are missing between 2025-01-06 and 2025-01-20',
  ],
  [
    'quality/sequence-rules.ts',
    'the daily limits allow',
    'the daily limits allow 80 to 120 yen after the close of 100 on 2025-01-06 over 2 sessions, widened ' +
      'after sessions at the limit, found low 300, high 310',
  ],
  [
    'quality/sequence-rules.ts',
    'further from',
    'further from the close of 6785.63 on 2025-04-17 than the daily limits would allow a price of that ' +
      'size, found low 7563.32, high 8070.92; the prices are fully-adjusted, ' +
      'so this is derived, not a limit of that day',
  ],
];

describe('a message of the quality gate in Japanese', () => {
  it.each(messages)('has no English left: %s, %s', async (file, part, message) => {
    const { qualityMessageLabel } = await import('./quality-messages.ts');
    const source = readFileSync(join(root, 'packages/market-data/src', file), 'utf8');
    expect(source).toContain(part);
    const label = qualityMessageLabel(message);
    expect(label.replaceAll(/"[^"]*"|UTC|YYYY-MM-DD|--date-format/g, '')).not.toMatch(/[A-Za-z]{2,}/);
  });

  it('keeps every figure', async () => {
    const { qualityMessageLabel } = await import('./quality-messages.ts');
    expect(qualityMessageLabel(messages.at(-1)![2])).toBe(
      '2025-04-17 の終値 6785.63 から、その水準の値幅制限を超えて離れています。安値 7563.32、高値 8070.92。' +
        '価格は分割・配当調整後のため、当日の値幅制限そのものではなく推定です',
    );
    for (const [, , message] of messages) {
      const figures = message.replace(/; expected .*$/, '').match(/\d[\d.,-]*\d|\d/g) ?? [];
      for (const figure of figures) expect(qualityMessageLabel(message), message).toContain(figure);
    }
  });
});
