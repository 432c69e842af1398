import { dayNumber, parseTradeDate } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, partitionOf, partitionRange, partitionsOf } from './partitions.ts';

const day = (date: string) => dayNumber(parseTradeDate(date));
const instant = (text: string) => Date.parse(`${text}Z`);

describe('the partition of daily bars', () => {
  it.each([
    ['2024-01-01', '2024'],
    ['2024-12-31', '2024'],
    ['2025-01-01', '2025'],
    ['1999-12-31', '1999'],
  ])('of %s is the year %s', (date, partition) => {
    expect(partitionOf('1d', day(date))).toBe(partition);
  });

  it('holds the first to the last day of its year', () => {
    expect(partitionRange('1d', '2024')).toEqual({ from: day('2024-01-01'), to: day('2024-12-31') });
  });

  it.each([
    ['2023-12-31', '2024-01-01', true],
    ['2024-12-31', '2025-01-01', true],
    ['2024-03-01', '2024-03-01', true],
    ['2023-01-01', '2023-12-31', false],
    ['2025-01-01', '2025-12-31', false],
  ])('of 2024 is read for the days %s to %s: %s', (from, to, isRead) => {
    expect(isWithin('1d', '2024', { from: day(from), to: day(to) })).toBe(isRead);
  });
});

describe('the partition of 5-minute bars', () => {
  it.each([
    ['2024-02-29T23:59:59.999', '2024-02'],
    ['2024-03-01T00:00:00.000', '2024-03'],
  ])('of %s UTC is the month %s', (text, partition) => {
    expect(partitionOf('5m', instant(text))).toBe(partition);
  });

  it.each([
    ['2024-02', '2024-02-01T00:00:00', '2024-02-29T23:59:59.999'],
    ['2023-12', '2023-12-01T00:00:00', '2023-12-31T23:59:59.999'],
    ['2024-01', '2024-01-01T00:00:00', '2024-01-31T23:59:59.999'],
  ])('%s holds %s to %s', (partition, from, to) => {
    expect(partitionRange('5m', partition)).toEqual({ from: instant(from), to: instant(to) });
  });
});

it('the partitions of a rising axis go on with the first day, or millisecond, of the next one', () => {
  const days = ['2023-12-31', '2024-01-01', '2024-12-31', '2025-01-01', '2025-01-02'];
  expect(partitionsOf('1d', { axis: Float64Array.from(days, day) })).toEqual(['2023', '2024', '2025']);
  const times = ['2024-01-31T23:59:59.999', '2024-02-01T00:00:00.000', '2024-04-01T00:00:00.000'];
  expect(partitionsOf('5m', { axis: Float64Array.from(times, instant) })).toEqual(['2024-01', '2024-02', '2024-04']);
  expect(partitionsOf('1d', { axis: new Float64Array(0) })).toEqual([]);
});

it('the partitions of a rising axis are those of its values, each once', () => {
  const axes = fc.uniqueArray(fc.integer({ min: 18_000, max: 21_000 }), { maxLength: 30 });
  fc.assert(
    fc.property(axes, (values) => {
      const axis = Float64Array.from(values).sort();
      expect(partitionsOf('1d', { axis })).toEqual([...new Set(Array.from(axis, (value) => partitionOf('1d', value)))]);
    }),
  );
});
