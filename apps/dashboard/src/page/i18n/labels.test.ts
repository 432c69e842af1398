import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import catalogue from '@daytrade/contracts/contracts.ja.json' with { type: 'json' };
import { qualityMessageInJapanese, selectionReasonInJapanese, stageInJapanese } from '@daytrade/contracts/japanese';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { durationLabel } from './jobs.ts';
import { language } from './language.ts';
import { companyLabel, sectorLabel } from './names.ts';
import { paperReason } from './paper.ts';

vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'ja' });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
});
beforeEach(() => {
  language.value = 'ja';
});

const root = join(import.meta.dirname, '../../../../..');
const sources = globSync('{packages,services}/*/src/**/*.ts', { cwd: root })
  .filter((file) => !/\.test\.|\/testing\//.test(file))
  .map((file) => readFileSync(join(root, file), 'utf8'));

it.each([
  [0.85, '850 ms', '850ミリ秒'],
  [9.44, '9.4 s', '9.4秒'],
  [41, '41 s', '41秒'],
  [59.9, '60 s', '60秒'],
  [185, '3 min 05 s', '3分05秒'],
  [4800, '1 h 20 min', '1時間20分'],
])('says a duration of %d seconds as %s and %s', (seconds, inEnglish, inJapanese) => {
  expect(durationLabel(seconds)).toBe(inJapanese);
  language.value = 'en';
  expect(durationLabel(seconds)).toBe(inEnglish);
});

it('has Japanese for the steps of all jobs, and no others', () => {
  const said = [...sources.join('\n').matchAll(/(?:\bstage: |\bprogress\()['`]([^'`]+)['`]/g)];
  const stages = said.map(([, stage = '']) => stage).filter((stage) => !stage.includes('${'));
  const fetching = /^fetching \S+ bars$/;
  const known = Object.keys(catalogue.stages).filter((stage) => !fetching.test(stage));
  expect(known.sort()).toEqual([...new Set(stages)].sort());
});

it.each([
  ['fetching yahoo bars', 'Yahoo Finance（非公式）の足を取り込み中'],
  ['fetching stooq bars', 'stooq の足を取り込み中'],
  ['fetching synthetic bars', '合成の足を作成中'],
])('names the provider of %s', (stage, text) => {
  expect(stageInJapanese(stage)).toBe(text);
});

describe('the synthetic exchange in English', () => {
  it('has another name for each company, and one for each sector', () => {
    language.value = 'en';
    const register = sources.find((source) => source.includes("'みなも',")) ?? '';
    const rows = [...register.matchAll(/^ {2}\[('.*')\],$/gm)].map(([, row = '']) => row.slice(1, -1).split("', '"));
    const epithets = [...register.matchAll(/^ {2}'(\p{Script=Hiragana}*)',$/gmu)].map(([, epithet = '']) => epithet);
    const names = rows.flatMap(([, ...businesses]) =>
      epithets.flatMap((epithet) => businesses.map((business) => companyLabel(`架空${epithet}${business}`))),
    );
    expect(names.filter((name) => !name.startsWith('Fictional '))).toEqual([]);
    expect(new Set(names).size).toBe(24 * 13 * 3);
    expect(rows.filter(([sector = '']) => sectorLabel(sector) === sector)).toEqual([]);
    expect([companyLabel('トヨタ自動車'), sectorLabel('ETF')]).toEqual(['トヨタ自動車', 'ETF']);
  });
});

describe('a paper book in Japanese', () => {
  it.each([
    ['halted: a session lost 312345 yen', { label: '停止: 1 立会日で 312,345 円の損失', quoted: null }],
    ['bars look wrong', { label: '', quoted: 'bars look wrong' }],
    ['halted: bars look wrong', { label: '停止', quoted: 'bars look wrong' }],
  ])('says %s, and leaves the words of a person as they are', (reason, said) => {
    expect(paperReason(reason)).toEqual(said);
  });

  it('is in English for a reader of English', () => {
    language.value = 'en';
    expect(paperReason('a session lost 312345 yen').label).toBe('a session lost 312,345 yen');
  });
});

it.each([
  ['ranked 31 of 40 that meet every criterion; 10 were asked for', '基準を満たす 40 銘柄中 31 位。選定は 10 銘柄'],
  ['stays: ranked 11 of 30 that meet every criterion; members stay up to rank 13', /^継続: .*13 位まで残ります$/],
  [
    'average volume: 900,000 shares a day is below 1,000,000',
    '平均出来高: 1 日 900,000 株が下限の 1,000,000 株を下回る',
  ],
])('says why a symbol was picked or not: %s', (reason, said) => {
  expect(selectionReasonInJapanese(reason)).toEqual(expect.stringMatching(said));
});

/** Messages of the quality gate, each after a part of it that a source has. */
const messages: readonly (readonly [part: string, message: string])[] = [
  ['fields as in the header, found', 'expected 6 fields as in the header, found 5'],
  ['expected a number, got', 'close: expected a number, got "-"'],
  ['a decimal point in place', 'close: expected a number, got "884,64"; write a decimal point in place of the comma'],
  ['it without the comma', 'open: "1,5" between semicolons can be read as 15 or 1.5; write it without the comma'],
  ['expected a date that exists', '日付: expected a date that exists, as YYYY-MM-DD, got "2025-02-30"'],
  ['expected a day from', '日付: expected a day from 2000-01-01 to 2030-12-31, got 1999-12-30'],
  [
    ' can be read as ',
    '日付: "01/02/2025" can be read as 2025-02-01 (day first) or 2025-01-02 (month first); say which by ' +
      '--date-format, as DD/MM/YYYY or MM/DD/YYYY, or write it as YYYY-MM-DD',
  ],
  [
    'or a time with its offset to UTC',
    '日付: "2025-01-06 15:00" can be read as 2025-01-06 (time of Japan) or 2025-01-07 (UTC); expected a ' +
      'date as YYYY-MM-DD, or a time with its offset to UTC',
  ],
  [
    'the beginning of a 5-minute bar with its offset to UTC',
    '日付: expected the beginning of a 5-minute bar with its offset to UTC, as 2025-01-22 09:05:00+09:00, ' +
      'got "2025-01-22 09:01:00+09:00"',
  ],
  [
    'expected prices above 0 and up to',
    'expected prices above 0 and up to 1,000,000,000 yen, found open, high, low, close 1, 2, -1, 1; ' +
      'expected open between low 3 and high 4, found 1',
  ],
  ['expected a volume of 0 or more', 'expected a volume of 0 or more, found -5'],
  [
    'expected a volume that is',
    'expected a volume that is a whole number of shares up to 1,000,000,000,000, found 0.5',
  ],
  [
    'expected high >= low',
    "expected high >= low, found high 1, low 2; the exchange was closed on 2025-01-01 (New Year's Day); " +
      'volume 0 and four equal prices (105), which a vendor filled in: nothing was traded',
  ],
  ['between low', 'expected open between low 3 and high 4, found 1; expected close between low 3 and high 4, found 9'],
  ['expected a bar from', 'expected a bar from 09:00 to 11:30 and 12:30 to 15:30 in Japan, found 12:00'],
  [
    'the session of',
    'the session of 2026-12-01 ends at 15:30 in Japan; it was 2026-12-01 10:00 there when the row was read',
  ],
  ['the bar ends at', 'the bar ends at 2026-12-01 10:05 in Japan; it was 2026-12-01 10:00 there when the row was read'],
  ['which a vendor filled in', 'volume 0 and four equal prices (105), which a vendor filled in: nothing was traded'],
  ['has the same date and is kept', 'line 5 has the same date and is kept'],
  ['sessions are missing between', '7 sessions are missing between 2025-01-06 and 2025-01-20'],
  [
    'the daily limits allow',
    'the daily limits allow 80 to 120 yen after the close of 100 on 2025-01-06 over 2 sessions, widened ' +
      'after sessions at the limit, found low 300, high 310',
  ],
  [
    'further from',
    'further from the close of 6785.63 on 2025-04-17 than the daily limits would allow a price of that ' +
      'size, found low 7563.32, high 8070.92; the prices are fully-adjusted, ' +
      'so this is derived, not a limit of that day',
  ],
];

describe('a message of the quality gate in Japanese', () => {
  it.each(messages)('has no English left, and every figure: %s', (part, message) => {
    expect(
      sources.some((source) => source.includes(part)),
      part,
    ).toBe(true);
    const label = qualityMessageInJapanese(message);
    expect(label.replaceAll(/"[^"]*"|UTC|[YMD]+([-/][YMD]+){2}|--date-format/g, '')).not.toMatch(/[A-Za-z]{2,}/);
    const figures = message.replace(/; expected .*$/, '').match(/\d[\d.,-]*\d|\d/g) ?? [];
    for (const figure of figures) expect(label).toContain(figure);
  });

  it('reads as a sentence', () => {
    expect(qualityMessageInJapanese(messages.at(-1)![1])).toBe(
      '2025-04-17 の終値 6785.63 から、その水準の値幅制限を超えて離れています。安値 7563.32、高値 8070.92。' +
        '価格は分割・配当調整後のため、当日の値幅制限そのものではなく推定です',
    );
  });
});
