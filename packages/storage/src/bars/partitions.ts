import type { BarInterval } from '@daytrade/contracts';
import { firstAtOrAfter } from '@daytrade/series';
import type { AxisRange, Columns } from './columns.ts';

const dayMilliseconds = 86_400_000;

/** Files and columns of the bars of an interval. Each file holds all symbols. */
interface Layout {
  readonly folder: string;
  /** Pattern of a file's name without its ending. */
  readonly name: RegExp;
  /** Column of the axis, and its SQL as a number of {@link Columns.axis} and back. */
  readonly column: 'date' | 'time';
  readonly toNumber: (column: string) => string;
  readonly fromNumber: (number: string) => string;
  /** Milliseconds of one unit of the axis. */
  readonly unit: number;
}

/** A year of daily bars is one file, as is a month of 5-minute bars. */
export const layouts: Readonly<Record<BarInterval, Layout>> = {
  '1d': {
    folder: 'daily',
    name: /^\d{4}$/,
    column: 'date',
    toNumber: (column) => `(${column} - DATE '1970-01-01')::DOUBLE`,
    fromNumber: (number) => `DATE '1970-01-01' + ${number}::INTEGER`,
    unit: dayMilliseconds,
  },
  '5m': {
    folder: '5-minute',
    name: /^\d{4}-\d{2}$/,
    column: 'time',
    toNumber: (column) => `epoch_ms(${column})::DOUBLE`,
    fromNumber: (number) => `epoch_ms(${number}::BIGINT)`,
    unit: 1,
  },
};

/** Returns the partition that holds a value of the axis, `2025` or `2025-06`. Sessions are within one day of UTC. */
export function partitionOf(interval: BarInterval, value: number): string {
  return new Date(value * layouts[interval].unit).toISOString().slice(0, interval === '1d' ? 4 : 7);
}

export function partitionRange(interval: BarInterval, partition: string): AxisRange {
  const [year, month] = partition.split('-').map(Number) as [number, number | undefined];
  const [start, end] =
    month === undefined
      ? [Date.UTC(year, 0), Date.UTC(year + 1, 0)]
      : [Date.UTC(year, month - 1), Date.UTC(year, month)];
  const { unit } = layouts[interval];
  return { from: start / unit, to: end / unit - 1 };
}

/** Returns the partitions that hold the values of a rising axis, the earliest first. */
export function partitionsOf(interval: BarInterval, { axis }: Pick<Columns, 'axis'>): readonly string[] {
  const partitions: string[] = [];
  for (let row = 0; row < axis.length; ) {
    const partition = partitionOf(interval, axis[row]!);
    partitions.push(partition);
    row = firstAtOrAfter(axis, partitionRange(interval, partition).to + 1);
  }
  return partitions;
}

export function isWithin(interval: BarInterval, partition: string, range: AxisRange): boolean {
  const { from, to } = partitionRange(interval, partition);
  return from <= range.to && to >= range.from;
}
