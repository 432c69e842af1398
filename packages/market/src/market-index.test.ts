import { describe, expect, it } from 'vitest';
import { indexClosedReason, indexKnownAt, newestIndexDay } from './market-index.ts';
import { parseTradeDate } from './trade-date.ts';

const day = (text: string) => parseTradeDate(text);

describe('when a value is known', () => {
  it.each([
    ['nasdaq', '2026-11-24', '2026-11-24T21:00:00.000Z'],
    ['vix', '2026-11-24', '2026-11-24T21:15:00.000Z'],
    ['usdjpy', '2026-11-24', '2026-11-24T22:00:00.000Z'],
    ['topix', '2026-11-24', '2026-11-24T06:30:00.000Z'],
    ['nikkei225', '2024-11-01', '2024-11-01T06:00:00.000Z'],
  ] as const)('%s of %s: %s', (name, date, instant) => {
    expect(new Date(indexKnownAt(name, day(date))).toISOString()).toBe(instant);
  });

  it.each([
    // A Wednesday, 08:30 in Japan: the session of Tuesday in New York is over, that of Tokyo is to come.
    ['nasdaq', '2026-11-24T23:30:00Z', '2026-11-24'],
    ['topix', '2026-11-24T23:30:00Z', '2026-11-24'],
    // A second before New York's close.
    ['nasdaq', '2026-11-24T20:59:59Z', '2026-11-23'],
    // The Friday after Thanksgiving, 08:30 in Japan.
    ['nasdaq', '2026-11-26T23:30:00Z', '2026-11-25'],
    ['usdjpy', '2026-11-26T23:30:00Z', '2026-11-26'],
    // A Monday, 08:30 in Japan.
    ['usdjpy', '2026-11-29T23:30:00Z', '2026-11-27'],
  ] as const)('the newest day of %s at %s is %s', (name, now, date) => {
    expect(newestIndexDay(name, Date.parse(now))).toBe(date);
  });
});

describe('days without a value', () => {
  it.each([
    ['nasdaq', '2026-11-26', 'Thanksgiving Day'],
    ['usdjpy', '2026-11-26', undefined],
    ['usdjpy', '2026-11-28', 'Saturday'],
    ['topix', '2026-11-23', 'Labor Thanksgiving Day'],
    ['nasdaq', '2026-11-23', undefined],
  ] as const)('%s on %s: %s', (name, date, reason) => {
    expect(indexClosedReason(name, day(date))).toBe(reason);
  });
});
