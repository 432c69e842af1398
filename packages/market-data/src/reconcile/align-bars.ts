import type { BarColumns } from '@daytrade/series';

/** Two sources of a symbol on the days that both cover. */
export interface AlignedBars {
  readonly stored: BarColumns;
  readonly other: BarColumns;
  /** Rows of both with the same day, rising. */
  readonly rows: readonly { readonly stored: number; readonly other: number }[];
  /** Rows of days between the first and the last common one that the other source lacks. */
  readonly onlyStored: readonly number[];
  readonly onlyOther: readonly number[];
}

/** Pairs the bars of two sources by their days; what lies before or after the common days is nobody's fault. */
export function alignBars(stored: BarColumns, other: BarColumns): AlignedBars {
  const storedRows = new Map(Array.from(stored.days, (day, row) => [day, row]));
  const otherRows = new Map(Array.from(other.days, (day, row) => [day, row]));
  const common = [...storedRows.keys()].filter((day) => otherRows.has(day));
  const isCovered = (day: number) => day >= common[0]! && day <= common.at(-1)!;
  const missingIn = (rows: ReadonlyMap<number, number>, those: ReadonlyMap<number, number>) =>
    [...rows].filter(([day]) => isCovered(day) && !those.has(day)).map(([, row]) => row);
  return {
    stored,
    other,
    rows: common.map((day) => ({ stored: storedRows.get(day)!, other: otherRows.get(day)! })),
    onlyStored: missingIn(storedRows, otherRows),
    onlyOther: missingIn(otherRows, storedRows),
  };
}
