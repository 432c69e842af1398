import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DailyReport, dailyReportSchema, type ReportEntry, reportEntrySchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';

const entry: ReportEntry = reportEntrySchema.parse({
  session: '2026-11-24',
  revision: 2,
  madeAt: '2026-11-24T07:00:00.000Z',
  synthetic: false,
  published: 1_200,
  judged: 1_000,
  inside: 931,
  superseded: false,
});

describe('reports list', () => {
  const list = (reports: readonly ReportEntry[], ...words: string[]) =>
    runLine(['reports', 'list', ...words], { 'GET /v1/reports': { reports } });

  it('shows the coverage of each, and which are superseded or synthetic', async () => {
    const { out, requests } = await list([
      entry,
      { ...entry, revision: 1, judged: 0, inside: 0, superseded: true, synthetic: true },
      { ...entry, superseded: true },
      { ...entry, synthetic: true },
    ]);
    expect(out).toBe(`session     revision  made (JST)        published  judged  inside  coverage
2026-11-24         2  2026-11-24 16:00      1,200   1,000     931    93.1 %
2026-11-24         1  2026-11-24 16:00      1,200       0       0         –  superseded, SYNTHETIC
2026-11-24         2  2026-11-24 16:00      1,200   1,000     931    93.1 %  superseded
2026-11-24         2  2026-11-24 16:00      1,200   1,000     931    93.1 %  SYNTHETIC
`);
    expect(requests).toEqual([['GET /v1/reports?limit=20']]);
  });

  it('says when one is made where there is none', async () => {
    const { out, requests } = await list([], '--limit', '5');
    expect(out).toBe(
      'There is no report yet: one is made at 16:00 Japan time of each session, or by `daytrade jobs run report`.\n',
    );
    expect(requests).toEqual([['GET /v1/reports?limit=5']]);
  });
});

const window = { judged: 3, inside: 2, coverage: 2 / 3, band: { low: 0.8, high: 1 } };
const prediction = {
  symbol: '7203',
  name: 'トヨタ自動車',
  lastClose: 2_000,
  lower: 1_900,
  upper: 2_100,
  priceBasis: 'traded',
  modelVersion: 'm1',
  close: null,
  inside: null,
};
const report: DailyReport = dailyReportSchema.parse({
  session: '2026-11-24',
  revision: 2,
  madeAt: '2026-11-24T07:00:00.000Z',
  synthetic: false,
  target: 0.93,
  predictions: [false, false, false, false, true].map((late) => ({ ...prediction, late })),
  coverage: {
    day: { ...window, sessions: 1, judgedSessions: 1 },
    windows: [
      { ...window, sessions: 20, judgedSessions: 20, judged: 1_234, inside: 1_200 },
      { ...window, sessions: 60, judgedSessions: 59, coverage: null, band: null },
    ],
    series: [],
    live: {
      judged: 3,
      inside: 2,
      coverage: 2 / 3,
      firstSession: null,
      lastSession: null,
      unjudged: 0,
      missing: 0,
      restated: 0,
    },
  },
  withinDay: [],
  quality: { symbols: 4, stale: [], barsAge: null },
});

describe('reports show', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'daytrade-reports-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const show = (words: readonly string[], changes: Partial<DailyReport> = {}, reports = [entry]) =>
    runLine(['reports', 'show', ...words], {
      'GET /v1/reports': { reports },
      'GET /v1/reports/2026-11-24/figures': { ...report, ...changes },
      'GET /v1/reports/2026-11-24': '<p>report</p>\n',
    });

  it('shows the coverage of the newest session, with what has no close yet', async () => {
    const { out, requests } = await show([]);
    expect(requests).toEqual([['GET /v1/reports?limit=1'], ['GET /v1/reports/2026-11-24/figures']]);
    expect(out).toBe(`Report of 2026-11-24, revision 2, made 2026-11-24 16:00 JST
2 of 3 closes inside, 4 intervals published; 1 without a close yet

window                   coverage  inside  judged  band around 93 %
this session               66.7 %       2       3  80.0 % to 100.0 %
20 sessions                66.7 %   1,200   1,234  80.0 % to 100.0 %
60 sessions (59 so far)         –       2       3  –
The band takes closes to be independent; those of one day are not, so a day is outside of it more often.
`);
  });

  it('shows a session and a revision, all of whose closes are known, marked as synthetic', async () => {
    const day = { ...report.coverage.day, judged: 4, inside: 1 };
    const changes = { synthetic: true, coverage: { ...report.coverage, day } };
    const { out, requests } = await show(['2026-11-24', '--revision', '1'], changes);
    expect(requests).toEqual([['GET /v1/reports/2026-11-24/figures?revision=1']]);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'SYNTHETIC bars. Report of 2026-11-24, revision 2, made 2026-11-24 16:00 JST',
      '1 of 4 closes inside, 4 intervals published',
      '',
    ]);
    expect(JSON.parse((await show(['2026-11-24', '--json'])).out)).toEqual(report);
  });

  it('writes the page, and replaces a file only with --force', async () => {
    const file = join(folder, 'report.html');
    writeFileSync(file, 'before');
    const words = ['2026-11-24', '--output', file, '--language', 'ja'];
    await expect(show(words)).rejects.toMatchObject({ code: 'output.exists' });
    expect(readFileSync(file, 'utf8')).toBe('before');
    const { out, requests } = await show([...words, '--force']);
    expect(out).toBe(`${file}: 14 bytes\n`);
    expect(requests).toEqual([['GET /v1/reports/2026-11-24?language=ja']]);
    expect(readFileSync(file, 'utf8')).toBe('<p>report</p>\n');
    expect(JSON.parse((await show([...words, '--force', '--json'])).out)).toEqual({
      session: '2026-11-24',
      file,
      bytes: 14,
    });
  });

  it.each([
    [['yesterday'], 'input.invalid', /^session: expected a date as YYYY-MM-DD, got "yesterday"/],
    [['--language', 'fr'], 'input.invalid', /^--language: /],
    [['--revision', '0'], 'input.invalid', /^--revision: /],
  ])('refuses %j', async (words, code, message) => {
    const shown = show(words);
    await expect(shown).rejects.toMatchObject({ code });
    await expect(shown).rejects.toThrow(message);
  });

  it('says that there is no report yet', async () => {
    await expect(show([], {}, [])).rejects.toMatchObject({ code: 'report.none', message: 'there is no report yet' });
  });
});
