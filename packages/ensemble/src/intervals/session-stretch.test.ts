import { dayNumber, parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { SessionStretch, sessionClasses, sessionResults, stretchPriors } from './session-stretch.ts';

const day = (date: string) => dayNumber(parseTradeDate(date));
const announced = (date: string, time?: number) => [
  { day: day(date), minute: time === undefined ? undefined : 60 * time, knownSince: 0 },
];

it.each([
  ['2025-05-12', 'next-close', undefined],
  ['2025-05-09', 'next-close', 'after-weekend'],
  ['2025-05-09', 'close@08:30', 'after-weekend'],
  ['2025-05-09', 'close@open', undefined],
  ['2025-05-02', 'next-close', undefined],
] as const)('classes the session after %s, at %s, by the weekend before it: %s', (last, horizon, expected) => {
  expect(sessionClasses(undefined, 2, day(last), horizon)).toEqual([expected, expected]);
});

it('knows within the session which results are out, and puts results before weekends', () => {
  const calendar = [undefined, announced('2025-05-12', 13), announced('2025-05-12'), announced('2025-05-10')];
  const classesAt = (horizon: Parameters<typeof sessionClasses>[3]) =>
    sessionClasses(calendar, 4, day('2025-05-09'), horizon);
  expect(classesAt('next-close')).toEqual(['after-weekend', 'in-session', 'in-session', 'after-last']);
  expect(classesAt('close@12:45')).toEqual([undefined, 'in-session', 'in-session', 'after-last']);
  expect(classesAt('close@13:00')).toEqual([undefined, 'after-last', 'in-session', 'after-last']);
});

it('draws the stretch of a class from its prior to what its rows needed, and goes on from its state', () => {
  const stretch = new SessionStretch(2, stretchPriors('close@open'));
  expect(stretch.factor(undefined)).toBe(1);
  expect(stretch.factor('after-last')).toBe(stretchPriors('close@open')['after-last']);
  for (let row = 0; row < 900; row += 1) stretch.observe('after-last', (4 * (row % 100)) / 93);
  expect(stretch.factor('after-last')).toBeCloseTo((900 * 4 + 100 * 1.65) / 1000, 1);
  const again = new SessionStretch(2, stretchPriors('close@open'), stretch.state());
  expect(again.factor('after-last')).toBe(stretch.factor('after-last'));
});

it.each([
  ['next-close', 1.45, 2.6],
  ['close@08:30', 1.45, 2.6],
  ['close@open', 2.6, 1.65],
  ['close@09:15', 3, 1.3],
  ['close@13:15', 3, 1.3],
  ['close@13:30', 1.2, 1.1],
  ['close@15:15', 1.2, 1.1],
] as const)(
  'begins at %s with a stretch of %d in a session with results, of %d after them',
  (horizon, within, after) => {
    expect(stretchPriors(horizon)).toEqual({ 'in-session': within, 'after-last': after, 'after-weekend': 1 });
    const stretch = new SessionStretch(3, stretchPriors(horizon));
    expect(stretch.factor('in-session')).toBe(within);
    expect(stretch.factor('after-last')).toBe(after);
    expect(stretch.factor('after-weekend')).toBe(1);
  },
);

it('takes the largest of few rows, beside a prior of 100 rows or of ten Mondays of all symbols', () => {
  const stretch = new SessionStretch(2);
  for (const needed of [5, 3, NaN, Infinity]) stretch.observe('after-last', needed);
  stretch.observe(undefined, 9);
  expect(stretch.factor('after-last')).toBeCloseTo((2 * 5 + 100 * 2.6) / 102, 12);
  expect(stretch.factor('in-session')).toBe(1.45);
  stretch.observe('after-weekend', 0.1);
  expect(stretch.factor('after-weekend')).toBeCloseTo((0.1 + 20) / 21, 12);
  expect(stretch.state()).toEqual({
    'in-session': new Float64Array(0),
    'after-last': Float64Array.of(5, 3),
    'after-weekend': Float64Array.of(0.1),
  });
});

it.each([
  ['after-last', 1000, 100, 2.6],
  ['in-session', 1000, 100, 1.45],
  ['after-weekend', 50 * 3, 10 * 3, 1],
] as const)('forgets rows of the class %s beyond the newest %i', (name, window, prior, first) => {
  const stretch = new SessionStretch(3);
  for (let row = 0; row < window; row += 1) stretch.observe(name, 10);
  for (let row = 0; row < window - 1; row += 1) stretch.observe(name, 2);
  expect(stretch.state()[name]).toEqual(Float64Array.from({ length: window }, (_, i) => (i === 0 ? 10 : 2)));
  expect(stretch.factor(name)).toBeCloseTo((window * 2 + prior * first) / (window + prior), 12);
});

it('knows on the evening what is announced for the next session, and within it what is out', () => {
  const calendar = [undefined, announced('2025-05-13', 13), announced('2025-05-13'), announced('2025-05-12', 16)];
  const at = (horizon: Parameters<typeof sessionResults>[2]) => sessionResults(calendar, day('2025-05-12'), horizon);
  expect(at('next-close')).toEqual([undefined, 'in-session', 'in-session', 'after-last']);
  expect(at('close@13:15')).toEqual([undefined, 'after-last', 'in-session', 'after-last']);
  // A plan that was not known at the end of the day of the last session is known to a forecast within the next.
  const late = [{ day: day('2025-05-13'), minute: 780, knownSince: Date.parse('2025-05-13T00:01:00+09:00') }];
  expect(sessionResults([late], day('2025-05-12'), 'next-close')).toEqual([undefined]);
  expect(sessionResults([late], day('2025-05-12'), 'close@08:30')).toEqual(['in-session']);
});
