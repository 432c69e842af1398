import { type JudgedPrediction, type Prediction, tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { type Bar, chartSessions, fiveMinuteSessions, newestFirst, tally, toWeeks } from './symbol-history.ts';

const bar = (date: string): Bar => ({ date, open: 100, high: 104, low: 99, close: 102, volume: 1000 });
const judged = (session: string, inside: boolean | null, change: Partial<JudgedPrediction> = {}): JudgedPrediction => ({
  session: tradeDateSchema.parse(session),
  lastClose: 100,
  centre: 100,
  lower: 95,
  upper: 105,
  probabilityUp: 0.5,
  close: inside === null ? null : 102,
  inside,
  modelVersion: 'm1',
  source: 'walk-forward',
  ...change,
});
const next = { session: '2026-11-25', lower: 97, upper: 108 } as Prediction;

describe('the sessions of the chart', () => {
  it('join each bar with its interval, and end with the predicted session', () => {
    const sessions = chartSessions([bar('2026-11-20'), bar('2026-11-24')], [judged('2026-11-24', true)], next);
    expect(sessions.map(({ date, interval }) => [date, interval?.inside])).toEqual([
      ['2026-11-20', undefined],
      ['2026-11-24', true],
      ['2026-11-25', null],
    ]);
    expect(sessions.at(-1)).toMatchObject({ bar: null, interval: { lower: 97, upper: 108, source: 'live' } });
  });

  it('are the newest ones, without a prediction of a session that has its bar', () => {
    const sessions = chartSessions([bar('2026-11-20'), bar('2026-11-24'), bar('2026-11-25')], [], next, 2);
    expect(sessions.map(({ date }) => date)).toEqual(['2026-11-24', '2026-11-25']);
  });

  it.each([
    ['a split', { close: 204 }, { lower: 47.5, upper: 52.5 }],
    ['a restated close', { close: 90, restatedClose: 102 }, { lower: 95, upper: 105 }],
  ])('have intervals in the prices of the bar after %s', (_, change, bounds) => {
    const sessions = chartSessions([bar('2026-11-24')], [judged('2026-11-24', true, change)]);
    expect(sessions[0]?.interval).toMatchObject(bounds);
  });
});

it('make one candlestick of the sessions of a week, from Monday to Friday', () => {
  const days = ['2026-11-20', '2026-11-24', '2026-11-27', '2026-11-30'].map((date, day) => ({
    ...bar(date),
    high: 104 + day,
    close: 100 + day,
  }));
  expect(toWeeks(days).map((week) => [week.date, week.bar])).toEqual([
    ['2026-11-20', days[0]],
    ['2026-11-24', { ...days[1], high: 106, close: 102, volume: 2000 }],
    ['2026-11-30', days[3]],
  ]);
});

it('carry within the day the newest forecast of their time, up to the close', () => {
  const hours = { morningOpen: '09:00', morningClose: '09:10', afternoonOpen: '12:30', close: '12:40' };
  const forecasts = ['close@open', 'close@12:30'].map((horizon, index) => ({ horizon, lower: 90 + index, upper: 110 }));
  const day = { session: '2026-11-25', evening: null, forecasts };
  const bars = ['2026-11-24T12:40', '2026-11-25T09:00'].map((time) => bar(`${time}:00+09:00`));
  const shown = fiveMinuteSessions(bars, day as never, { ...hours, continuousClose: '12:35' } as never);
  expect(shown.map(({ date, interval }) => [date.slice(8), interval?.lower])).toEqual([
    ['24 12:40', undefined],
    ['25 09:00', 90],
    ['25 12:40', 91],
  ]);
});

it('counts judged intervals, without late ones, and lists the newest first', () => {
  const history = [
    judged('2026-11-20', true, { source: 'live' }),
    judged('2026-11-24', null),
    judged('2026-11-23', false),
    judged('2026-11-19', true, { source: 'late' }),
  ];
  expect(tally(history)).toEqual({ judged: 2, inside: 1, published: 1 });
  expect(newestFirst(history, 2).map(({ session }) => session)).toEqual(['2026-11-24', '2026-11-23']);
});
