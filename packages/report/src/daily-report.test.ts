import { type CoverageWindow, type DailyReport, dailyReportSchema, type ReportedPrediction } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { reportPage } from './daily-report.ts';
import { sectionMarkup, tableRows, visibleText } from './page-text.fixture.ts';

const coverageWindow = (sessions: number, changes: Partial<CoverageWindow> = {}): CoverageWindow => ({
  sessions,
  judgedSessions: sessions,
  judged: 100,
  inside: 93,
  coverage: 0.93,
  band: { low: 0.87, high: 0.97 },
  ...changes,
});

const prediction = (symbol: string, changes: Partial<ReportedPrediction> = {}): ReportedPrediction => ({
  symbol,
  name: `Company ${symbol}`,
  lastClose: 1_000,
  lower: 950,
  upper: 1_050,
  priceBasis: 'traded',
  modelVersion: 'm0001',
  late: false,
  close: 1_010.5,
  inside: true,
  ...changes,
});

const report: DailyReport = dailyReportSchema.parse({
  session: '2026-11-24',
  revision: 2,
  madeAt: '2026-11-24T07:05:00.000Z',
  synthetic: false,
  target: 0.93,
  predictions: [prediction('7203')],
  coverage: {
    day: coverageWindow(1, { judged: 1, inside: 1, coverage: 1, band: { low: 0, high: 1 } }),
    windows: [coverageWindow(20), coverageWindow(60)],
    series: [],
    live: {
      firstSession: '2026-11-24',
      lastSession: '2026-11-24',
      judged: 1,
      inside: 1,
      coverage: 1,
      unjudged: 12,
      missing: 3,
      restated: 4,
    },
  },
  withinDay: [],
  quality: {
    symbols: 2_000,
    stale: [],
    barsAge: { newest: '2026-11-24', lastFinishedSession: '2026-11-24', sessionsBehind: 0, daysBehind: 0 },
  },
} satisfies Record<keyof DailyReport, unknown>);

const renderPage = (changes: Partial<DailyReport>) => reportPage({ ...report, ...changes }, 'en');
const withDay = (day: CoverageWindow, windows = report.coverage.windows) => ({
  coverage: { ...report.coverage, day, windows },
});

describe('the head of a daily report', () => {
  it('says the session, when it was made by the clock in Tokyo, and which revision it is', () => {
    const page = renderPage({});
    expect(visibleText(page)).toContain('Daily report of 2026-11-24 made 2026-11-24 16:05 JST, revision 2');
    expect(page).not.toContain('SYNTHETIC');
    expect(renderPage({ synthetic: true })).toContain('<p class="synthetic"><strong>SYNTHETIC</strong>');
  });

  it.each([
    ['no interval was published', { predictions: [] }, 'No interval was published for this session.'],
    [
      'all were late',
      { predictions: [prediction('1', { late: true }), prediction('2', { late: true })] },
      'Every interval for this session was made after the open: none counts.',
    ],
    [
      'no close is there yet',
      {
        predictions: [prediction('1'), prediction('2', { late: true })],
        ...withDay(coverageWindow(1, { judged: 0, inside: 0, coverage: null })),
      },
      'no close is known yet; 1 intervals published. 1 without a close yet: a later revision replaces this one',
    ],
    [
      'some closes are missing',
      {
        predictions: ['1', '2', '3', '4'].map((symbol) => prediction(symbol)),
        ...withDay(coverageWindow(1, { judged: 3, inside: 2, coverage: 2 / 3 })),
      },
      '66.7 % 2 of 3 closes inside; 4 intervals published. 1 without a close yet',
    ],
  ])('says the outcome where %s', (_, changes, expected) => {
    expect(visibleText(sectionMarkup(renderPage(changes), 'session'))).toContain(expected);
  });

  it('speaks of no missing close where all are there', () => {
    const text = visibleText(sectionMarkup(renderPage({}), 'session'));
    expect(text).toMatch(/^The session 100\.0 % 1 of 1 closes inside; 1 intervals published\. 93 % is the share/);
  });
});

describe('the coverage of a daily report', () => {
  it('is a row for the day and each window, with what is inside, its band and its place', () => {
    const page = renderPage(
      withDay(coverageWindow(1, { judged: 40, inside: 34, coverage: 0.85, band: { low: 0.85, high: 1 } }), [
        coverageWindow(20, { coverage: 0.86 }),
        coverageWindow(60, { coverage: 0.98, judgedSessions: 45, judged: 1_234, inside: 1_209 }),
        coverageWindow(250, { coverage: 0.97 }),
        coverageWindow(500, { coverage: null, band: null, judged: 0, inside: 0, judgedSessions: 0 }),
        coverageWindow(750, { band: null }),
      ]),
    );
    expect(tableRows(page, 'coverage')).toEqual([
      ['Window', 'Coverage', 'Inside / judged', 'Band', 'Place'],
      ['this session', '85.0 %', '34 / 40', '85.0 % – 100.0 %', 'in the band'],
      ['20 sessions', '86.0 %', '93 / 100', '87.0 % – 97.0 %', '! below the band'],
      ['60 sessions 45 so far', '98.0 %', '1,209 / 1,234', '87.0 % – 97.0 %', '! above the band'],
      ['250 sessions', '97.0 %', '93 / 100', '87.0 % – 97.0 %', 'in the band'],
      ['500 sessions 0 so far', '–', '0 / 0', '–', '–'],
      ['750 sessions', '93.0 %', '93 / 100', '–', '–'],
    ]);
    expect(visibleText(sectionMarkup(page, 'coverage'))).toContain(
      'Of the intervals published in time 12 have no close; sessions without intervals: 3; closes restated after the ' +
        'judgement: 4.',
    );
  });

  it('does not count the day as not full where nothing of it was judged', () => {
    const page = renderPage(withDay(coverageWindow(1, { judgedSessions: 0 })));
    expect(tableRows(page, 'coverage')[1]?.[0]).toBe('this session');
  });

  it('has a curve where there are sessions to draw', () => {
    const series = Array.from({ length: 3 }, (_, i) => ({ session: `2026-11-0${i + 4}`, judged: 40, inside: 30 + i }));
    const drawn = renderPage({ coverage: { ...report.coverage, series: series as never } });
    expect(drawn).toContain('<h3>Coverage of the newest 3 judged sessions</h3>');
    expect(drawn).toContain('<text x="38" y="167">2026-11-04</text>');
    expect(drawn.match(/<circle class="day( outside)?" cx="[\d.]+" cy="[\d.]+" r="2.6"/g)).toHaveLength(3);
    expect(visibleText(drawn)).toContain('one session, with its band over 20 sessions promise, 93 %');
    expect(renderPage({})).not.toContain('<h3>');
  });
});

describe('the predictions of a daily report', () => {
  it('are misses first, then those without a close, by symbol, each with its outcome', () => {
    const predictions = [
      prediction('1', { late: true, close: 990, inside: null }),
      prediction('5'),
      prediction('7', { close: null, inside: null }),
      prediction('3', { close: 1_051, inside: false }),
      prediction('6'),
      prediction('2', { close: 949.5, inside: false }),
    ];
    const page = renderPage({ predictions });
    expect(tableRows(page, 'predictions')).toEqual([
      ['Symbol', 'Last close', 'Interval', 'Close', 'Outcome', 'Plot'],
      ['2 Company 2', '1,000', '950 – 1,050', '949.5', '! outside, below', ''],
      ['3 Company 3', '1,000', '950 – 1,050', '1,051', '! outside, above', ''],
      ['1 Company 1', '1,000', '950 – 1,050', '990', 'made after the open: does not count', ''],
      ['7 Company 7', '1,000', '950 – 1,050', '–', 'no close', ''],
      ['5 Company 5', '1,000', '950 – 1,050', '1,010.5', 'inside', ''],
      ['6 Company 6', '1,000', '950 – 1,050', '1,010.5', 'inside', ''],
    ]);
    expect(sectionMarkup(page, 'predictions')).toContain('aria-label="2: outside, below"');
    // 5.1 % is the move of symbol 3, the largest, and a 50th of it.
    expect(visibleText(sectionMarkup(page, 'predictions'))).toMatch(
      /Prices in yen, as traded\. The bar is .* The edges of the plot are −5\.2 % and \+5\.2 % from the last close\./,
    );
  });

  it('name the basis of each price where it differs, and say that adjusted ones are no orders', () => {
    const page = renderPage({ predictions: [prediction('1'), prediction('2', { priceBasis: 'split-adjusted' })] });
    expect(tableRows(page, 'predictions').map((row) => row[5])).toEqual([
      'Price basis',
      'as traded',
      'adjusted for splits',
    ]);
    const text = visibleText(sectionMarkup(page, 'predictions'));
    expect(text).toContain(
      'Prices in yen, as traded / adjusted for splits. Adjusted prices cannot be quoted as orders.',
    );
    const alone = visibleText(
      sectionMarkup(renderPage({ predictions: [prediction('1', { priceBasis: 'fully-adjusted' })] }), 'predictions'),
    );
    expect(alone).toContain('Prices in yen, adjusted for splits and dividends. Adjusted prices cannot be');
  });

  it('have no section where none was published', () => {
    expect(sectionMarkup(renderPage({ predictions: [] }), 'predictions')).toBe('');
  });
});

describe('the forecasts within the day', () => {
  it('are a row for each time, with an alert for what was late', () => {
    const horizon = { judged: 30, inside: 28, coverage: 28 / 30, published: 40, late: 0, meanWidthBp: 123.4 };
    const page = renderPage({
      withinDay: [
        { ...horizon, horizon: 'close@open' },
        { ...horizon, horizon: 'close@10:15', late: 1 },
        { ...horizon, horizon: 'close@10:30', late: 1_200, meanWidthBp: null, coverage: null },
      ],
    });
    expect(tableRows(page, 'within-day')).toEqual([
      ['Time', 'Coverage', 'Inside / judged', 'Mean width', 'Published', 'Late'],
      ['open', '93.3 %', '28 / 30', '123 bp', '40', '0'],
      ['10:15', '93.3 %', '28 / 30', '123 bp', '40', '! 1'],
      ['10:30', '–', '28 / 30', '–', '40', '! 1,200'],
    ]);
    expect(sectionMarkup(renderPage({}), 'within-day')).toBe('');
  });
});

describe('the quality of the data', () => {
  const withStale = (count: number) => {
    const stale = Array.from({ length: count }, (_, i) => ({
      symbol: String(1_301 + i),
      name: `N${i}`,
      lastDate: '2026-11-20' as never,
    }));
    return sectionMarkup(renderPage({ quality: { ...report.quality, stale } }), 'quality');
  };

  it('says how old the bars are, and that there are none', () => {
    expect(visibleText(sectionMarkup(renderPage({}), 'quality'))).toBe(
      'Data quality Newest bar 2026-11-24, 0 finished sessions behind. 0 of 2,000 symbols in use have no bar of this ' +
        'session.',
    );
    const none = sectionMarkup(renderPage({ quality: { symbols: 0, stale: [], barsAge: null } }), 'quality');
    expect(visibleText(none)).toContain('There are no bars. 0 of 0 symbols');
    expect(none).not.toContain('<ul>');
  });

  it.each([
    [1, 1, undefined],
    [50, 50, undefined],
    [51, 51, 'and 1 more'],
    [1_250, 51, 'and 1,200 more'],
  ])('names the first 50 of %i symbols without a bar', (count, items, more) => {
    const texts = (withStale(count).match(/<li>.*?<\/li>/g) ?? []).map(visibleText);
    expect(texts).toHaveLength(items);
    expect(texts[0]).toBe('1301 N0 Last bar 2026-11-20');
    if (more === undefined) expect(texts.at(-1)).toContain('Last bar');
    else expect(texts.at(-1)).toBe(more);
  });
});

it('a report in Japanese has the same figures', () => {
  const page = reportPage(report, 'ja');
  expect(page).toContain('<html lang="ja">');
  expect(tableRows(page, 'coverage').map((row) => row.slice(1, 4))).toEqual([
    expect.anything(),
    ...tableRows(renderPage({}), 'coverage')
      .slice(1)
      .map((row) => row.slice(1, 4)),
  ]);
});
