import { dayNumber, parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { SessionStretch, sessionClasses, stretchPriors } from './session-stretch.ts';

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
