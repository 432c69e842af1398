import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BarInterval } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, japanDate, type TradeDate } from '@daytrade/market';
import type { BarConnection, BarEngine } from './bar-engine.ts';
import type { BarFiles, PartitionChange } from './bar-files.ts';
import { type BarReader, everything } from './bar-reader.ts';
import { barIntervals, type Columns, valueNames } from './columns.ts';
import {
  type Arrivals,
  changedPartition,
  findChanges,
  type PartitionCounts,
  type Provenance,
  partitionWithout,
  putArrivals,
} from './merge-partition.ts';
import { layouts, partitionsOf } from './partitions.ts';
import type { Extent } from './read-bars.ts';
import { restatedBars, type Split } from './restate-bars.ts';

export interface Incoming {
  readonly symbol: string;
  readonly columns: Columns;
  readonly splits: readonly Split[];
}

/** Changes by a merge, and the stored bars of the symbol after it. */
export interface MergeResult {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Bars of the symbol now. */
  readonly bars: number;
  /** Days of the first and the last bar; null for a symbol without bars. */
  readonly firstDate: TradeDate | null;
  readonly lastDate: TradeDate | null;
  /** Fault of the files that the merge replaced; undefined if none had one. */
  readonly mended: string | undefined;
}

/** Called with a message when a damaged file was set aside. */
export type SetAsideListener = (message: string) => void;

interface PartitionMerge {
  readonly interval: BarInterval;
  readonly partitions: readonly string[];
  readonly dryRun: boolean;
}

/** Changes of one partition, by symbol, and the fault of the file that they replaced. */
interface ChangedPartition {
  readonly counts: ReadonlyMap<string, PartitionCounts>;
  readonly fault: string | undefined;
}

/** Writes bars: each partition that changes is replaced as a whole. */
export class BarMerges {
  readonly #engine: BarEngine;
  readonly #files: BarFiles;
  readonly #reader: BarReader;
  readonly #onSetAside: SetAsideListener;

  constructor(engine: BarEngine, files: BarFiles, reader: BarReader, onSetAside: SetAsideListener) {
    this.#engine = engine;
    this.#files = files;
    this.#reader = reader;
    this.#onSetAside = onSetAside;
  }

  /** Merges bars of different symbols. @returns one result for each, in their order */
  async merge(
    interval: BarInterval,
    several: readonly Incoming[],
    provenance: Provenance | undefined,
    dryRun = false,
  ): Promise<readonly MergeResult[]> {
    for (const { columns } of several) checkColumns(columns);
    const restated = await this.#restated(interval, several);
    const arrivals = [...several.map((each) => ({ ...each, isRestated: false })), ...restated];
    const partitions = new Set(arrivals.flatMap(({ columns }) => partitionsOf(interval, columns)));
    const changed = await this.#engine.use(async (connection) => {
      await putArrivals(connection, interval, arrivals, provenance);
      return await this.#mergeArrivals(connection, { interval, partitions: [...partitions].sort(), dryRun });
    });
    const extents = await this.#reader.extents(interval);
    return several.map((each) => resultOf(interval, each, changed, extents.get(each.symbol)));
  }

  async #mergeArrivals(
    connection: BarConnection,
    { interval, partitions, dryRun }: PartitionMerge,
  ): Promise<ReadonlyMap<string, ChangedPartition>> {
    const changed = new Map<string, ChangedPartition>();
    const change: PartitionChange = async (partition, path) => {
      const fault = path === undefined ? undefined : await this.#reader.fault(path);
      const current = fault === undefined ? path : undefined;
      const counts = await findChanges(connection, interval, { partition, current });
      changed.set(partition, { counts, fault: counts.size === 0 ? undefined : fault });
      if (dryRun || counts.size === 0) return undefined;
      if (fault !== undefined) await this.#setAside(interval, partition, path!, fault);
      return await changedPartition(connection, interval, current, this.#files.scratch());
    };
    await this.#files.update(interval, partitions, change);
    return changed;
  }

  async remove(symbols: readonly string[]): Promise<void> {
    if (symbols.length === 0) return;
    for (const interval of barIntervals) {
      const partitions = (await this.#files.list(interval)).map(({ partition }) => partition);
      await this.#engine.use(async (connection) => {
        await this.#files.update(interval, partitions, async (_, current) => {
          if (current === undefined || (await this.#reader.fault(current)) !== undefined) return undefined;
          const extents = await this.#reader.extentsOf(connection, interval, current);
          if (!symbols.some((symbol) => extents.has(symbol))) return undefined;
          return await partitionWithout(connection, interval, { current, symbols, scratch: this.#files.scratch() });
        });
      });
    }
  }

  /** Returns stored bars whose prices change by splits among the incoming ones. */
  async #restated(interval: BarInterval, several: readonly Incoming[]): Promise<readonly Arrivals[]> {
    const split = several.filter(({ splits, columns }) => splits.length > 0 && columns.axis.length > 0);
    if (split.length === 0) return [];
    const reading = { interval, range: everything, skipsDamaged: true };
    const stored = await this.#reader.read(
      split.map(({ symbol }) => symbol),
      reading,
    );
    return split.map(({ symbol, columns, splits }, index) => {
      return { symbol, columns: restatedBars(stored[index]!.columns, columns, splits), isRestated: true };
    });
  }

  /** Keeps the damaged file of a partition before another one takes its place. */
  async #setAside(interval: BarInterval, partition: string, path: string, fault: string): Promise<void> {
    const digest = hash('sha256', await readFile(path));
    const name = `${layouts[interval].folder}-${partition}-${digest.slice(0, 12)}.parquet`;
    const kept = await this.#files.keepDamaged(path, name);
    this.#onSetAside(
      `the bars of ${partition} were damaged and are set aside as ${kept} (${fault}); the bars of the other symbols ` +
        'of that time are missing: daytrade data check names them, daytrade fetch --repair asks for them again',
    );
  }
}

function resultOf(
  interval: BarInterval,
  { symbol, columns }: Incoming,
  changed: ReadonlyMap<string, ChangedPartition>,
  extent: Extent | undefined,
): MergeResult {
  let [added, replaced, restated] = [0, 0, 0];
  const faults: string[] = [];
  for (const { counts, fault } of changed.values()) {
    const own = counts.get(symbol);
    if (own === undefined) continue;
    added += own.added;
    replaced += own.changed;
    restated += own.restated;
    if (fault !== undefined) faults.push(fault);
  }
  return {
    added,
    changed: replaced + restated,
    unchanged: columns.axis.length - added - replaced,
    bars: extent?.bars ?? 0,
    firstDate: extent === undefined ? null : dateAt(interval, extent.first),
    lastDate: extent === undefined ? null : dateAt(interval, extent.last),
    mended: faults.length === 0 ? undefined : faults.join('; '),
  };
}

/** Returns the day in Japan of a value of the axis. */
export function dateAt(interval: BarInterval, value: number): TradeDate {
  return interval === '1d' ? dateOfDayNumber(value) : japanDate(value);
}

/** @throws DayTradeError `series.bars-invalid` */
function checkColumns(columns: Columns): void {
  const { length } = columns.axis;
  if (valueNames.some((name) => columns[name].length !== length)) {
    throw new DayTradeError('series.bars-invalid', 'bars to store: the columns differ in length');
  }
  for (let row = 1; row < length; row += 1) {
    if (columns.axis[row]! > columns.axis[row - 1]!) continue;
    throw new DayTradeError('series.bars-invalid', `bars to store: bar ${row + 1} is not later than the one before it`);
  }
}
