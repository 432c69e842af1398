import { type JudgedPrediction, type Prediction, tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { type Bar, chartSessions, newestFirst, tally } from './interval-history.ts';

const bar = (date: string): Bar => ({ date, open: 100, high: 104, low: 99, close: 102, volume: 1000 });
const judged = (session: string, inside: boolean | null): JudgedPrediction => ({
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
});
const next = { session: '2026-11-25', lower: 97, upper: 108 } as Prediction;

describe('the sessions of the chart', () => {
  it('join each bar with the interval that was published for it', () => {
    const sessions = chartSessions(
      [bar('2026-11-20'), bar('2026-11-24')],
      [judged('2026-11-24', true)],
      undefined,
      250,
    );
    expect(sessions.map(({ date, interval }) => [date, interval?.inside ?? null])).toEqual([
      ['2026-11-20', null],
      ['2026-11-24', true],
    ]);
  });

  it('have each interval in the prices of its bar, of which only a restated close says nothing', () => {
    const inNewPrices = { ...judged('2026-11-24', true), close: 204 };
    const boundsOf = (history: JudgedPrediction) => chartSessions([bar('2026-11-24')], [history])[0]?.interval;
    expect(boundsOf(inNewPrices)).toMatchObject({ lower: 47.5, upper: 52.5 });
    expect(boundsOf({ ...inNewPrices, close: 90, restatedClose: 102 })).toMatchObject({ lower: 95, upper: 105 });
  });

  it('end with the session that is predicted but has no bar yet', () => {
    const sessions = chartSessions([bar('2026-11-24')], [], next, 250);
    expect(sessions.at(-1)).toEqual({
      date: '2026-11-25',
      bar: null,
      interval: { lower: 97, upper: 108, inside: null, source: 'live' },
    });
  });

  it('do not show a prediction whose session has its bar already', () => {
    expect(chartSessions([bar('2026-11-25')], [], next, 250)).toHaveLength(1);
  });

  it('are the newest ones when there are more', () => {
    const sessions = chartSessions([bar('2026-11-20'), bar('2026-11-23'), bar('2026-11-24')], [], undefined, 2);
    expect(sessions.map(({ date }) => date)).toEqual(['2026-11-23', '2026-11-24']);
  });
});

describe('the tally', () => {
  const history = [judged('2026-11-20', true), judged('2026-11-24', null), judged('2026-11-23', false)];

  it('counts only what was judged', () => {
    expect(tally(history)).toEqual({ judged: 2, inside: 1, published: 0 });
  });

  it('lists the newest first', () => {
    expect(newestFirst(history, 2).map(({ session }) => session)).toEqual(['2026-11-24', '2026-11-23']);
  });
});
