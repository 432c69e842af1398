import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { healthConcerns } from './health.ts';

type Facts = Parameters<typeof healthConcerns>[0];
const facts = (more: Partial<Facts> = {}): Facts => ({
  symbol: '7203',
  name: 'トヨタ自動車',
  priceBasis: 'traded',
  synthetic: false,
  bars: 100,
  firstDate: parseTradeDate('2024-01-04'),
  lastDate: parseTradeDate('2024-06-28'),
  damage: null,
  gaps: [],
  missingSessions: 0,
  explainedSessions: 0,
  sessionsBehind: 0,
  intraday: null,
  keptOut: [],
  origins: [{ source: 'csv', bars: 100, fetchedAt: null }],
  ...more,
});
const gap = (from: string, to: string, sessions: number) => {
  return { from: parseTradeDate(from), to: parseTradeDate(to), sessions };
};
const intraday = (missingSessions: number, gaps: Facts['gaps']) =>
  ({ missingSessions, gaps }) as unknown as NonNullable<Facts['intraday']>;
const again = 'get the file of 7203 again and run: daytrade import FOLDER';

describe('the concerns of bars', () => {
  it('are none where nothing is wrong, or only what every vendor has', () => {
    const keptOut = ['placeholder', 'open-outside-range', 'close-outside-range', 'not-over-yet', 'closed-day'];
    expect(healthConcerns(facts())).toEqual([]);
    expect(healthConcerns(facts({ keptOut: keptOut.map((reason) => ({ reason, rows: 3 })) }))).toEqual([]);
    expect(healthConcerns(facts({ intraday: intraday(0, []) }))).toEqual([]);
  });

  it('are a damaged file, gaps, missing newest bars and rows that were kept out, in this order', () => {
    const concerns = healthConcerns(
      facts({
        damage: 'the file ends early',
        missingSessions: 4,
        gaps: [gap('2024-02-01', '2024-02-01', 1), gap('2024-03-04', '2024-03-06', 3)],
        intraday: intraday(1, [gap('2024-06-27', '2024-06-27', 1)]),
        sessionsBehind: 2,
        keptOut: [
          { reason: 'price-not-positive', rows: 2 },
          { reason: 'placeholder', rows: 9 },
          { reason: 'of-another-version', rows: 1 },
        ],
      }),
    );
    expect(concerns).toEqual([
      { concern: 'damaged', message: 'the file ends early', remedy: again },
      {
        concern: 'gaps',
        message: '4 sessions without a bar, the longest gap 2024-03-04 to 2024-03-06',
        remedy: again,
      },
      { concern: 'gaps', message: '1 session without a 5-minute bar, the longest gap 2024-06-27', remedy: again },
      {
        concern: 'behind',
        message: 'the newest bar is of 2024-06-28, 2 sessions before that of other symbols',
        remedy: `${again}; if 7203 is not listed any more, nothing is to be done`,
      },
      {
        concern: 'kept-out',
        message: expect.stringMatching(
          /^2 × price-not-positive \([a-z][^()]+\), 1 × of-another-version \(of-another-version\)$/,
        ),
        remedy: 'see: daytrade quarantine list --symbol 7203',
      },
    ]);
  });

  it.each([
    ['one session', { missingSessions: 1, gaps: [gap('2024-02-01', '2024-02-01', 1)] }, '1 session without a bar'],
    ['a 5-minute session', { intraday: intraday(1, [gap('2024-02-01', '2024-02-01', 1)]) }, '1 session without a 5-'],
    ['one session behind', { sessionsBehind: 1 }, '1 session before that of other symbols'],
  ])('are there for %s', (_, more, message) => {
    expect(healthConcerns(facts(more))).toMatchObject([{ message: expect.stringContaining(message) }]);
  });

  it('name the first of the longest gaps, and begin again at the oldest', () => {
    const gaps = [
      gap('2024-02-01', '2024-02-01', 1),
      gap('2024-03-04', '2024-03-05', 2),
      gap('2024-04-01', '2024-04-02', 2),
    ];
    const origins = [{ source: 'jquants', bars: 100, fetchedAt: null }];
    expect(healthConcerns(facts({ missingSessions: 5, gaps, origins }))).toEqual([
      {
        concern: 'gaps',
        message: '5 sessions without a bar, the longest gap 2024-03-04 to 2024-03-05',
        remedy: 'run: daytrade fetch --repair --symbols 7203 --from 2024-02-01',
      },
    ]);
  });

  const repair = 'run: daytrade fetch --repair --symbols 7203 --from 2024-01-04';
  it.each<[string, readonly (string | null)[], Partial<Facts>, string]>([
    ['a file', ['csv'], {}, again],
    ['a recording', ['kabu-station'], {}, again],
    ['nobody knows', [null], {}, again],
    ['J-Quants', ['jquants'], {}, repair],
    ['Yahoo and a file', ['csv', 'yahoo'], {}, repair],
    ['the synthetic exchange', ['synthetic'], { synthetic: true }, repair],
    ['J-Quants, without a first day', ['jquants'], { firstDate: null }, 'run: daytrade fetch'],
  ])('of bars from %s have the remedy of their source', (_, sources, more, remedy) => {
    const origins = sources.map((source) => ({ source, bars: 1, fetchedAt: null }));
    expect(healthConcerns(facts({ damage: 'x', origins, ...more }))).toMatchObject([{ remedy }]);
  });
});
