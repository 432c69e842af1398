import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backtestResultSchema, runSchema } from '@daytrade/contracts';
import catalogue from '@daytrade/contracts/contracts.ja.json' with { type: 'json' };
import { qualityMessageInJapanese, selectionReasonInJapanese, stageInJapanese } from '@daytrade/contracts/japanese';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import codes from './codes.ja.json' with { type: 'json' };
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

it('has Japanese for every state, verdict and reason of a service', () => {
  const [, reasons = ''] = /qualityReasons = \{(.*?)\n\}/s.exec(sources.join('\n')) ?? [];
  const known = [...reasons.matchAll(/^ {2}'?([a-z-]+)'?: /gm)].map(([, code]) => code);
  const { trigger, status } = runSchema.shape;
  known.push(...trigger.options, ...status.options, ...backtestResultSchema.shape.verdict.options);
  expect(known.length).toBeGreaterThan(30);
  expect(Object.keys(codes)).toEqual(expect.arrayContaining(known));
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

describe('the messages of the quality gate in Japanese', () => {
  it('are those that a source says, without English words', () => {
    const said = sources.join('\n');
    // The rest of a long clause may stand in the next line of its source; a short one may be put together.
    const clauses = Object.keys(catalogue.quality).flatMap((english) => english.split(/\{\d\}/));
    const beginnings = clauses
      .filter((clause) => clause.length >= 20)
      .map((clause) => /(?:\S+ ){2}\S+/.exec(clause)?.[0]);
    expect(beginnings.filter((words = '?') => !said.includes(words))).toEqual([]);
    const words = Object.values(catalogue.quality).map((text) => text.replaceAll(/UTC|YYYY-MM-DD|--date-format/g, ''));
    expect(words.filter((text) => /[A-Za-z]{2,}/.test(text))).toEqual([]);
  });

  it('read as sentences', () => {
    const message =
      '日付: "01/02/2025" can be read as 2025-02-01 (day first) or 2025-01-02 (month first); say which by ' +
      '--date-format, as DD/MM/YYYY or MM/DD/YYYY, or write it as YYYY-MM-DD';
    expect(qualityMessageInJapanese(message)).toBe(
      '日付: "01/02/2025" は 2025-02-01（日が先） とも 2025-01-02（月が先） とも読めます。' +
        '--date-format（DD/MM/YYYY、MM/DD/YYYY）で指定するか、YYYY-MM-DD 形式で記入してください',
    );
  });
});
