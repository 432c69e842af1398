import type { BarInterval } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { BarConnection, BarEngine } from './bar-engine.ts';
import type { BarFiles, PartitionFile } from './bar-files.ts';
import { type AxisRange, axisRange } from './columns.ts';
import { FileChecksums, fileIdentity } from './file-checksum.ts';
import { isWithin, partitionRange } from './partitions.ts';
import { type Extent, readBars, readExtents, type StoredBars } from './read-bars.ts';

export const everything: AxisRange = axisRange('1d', {});

/** Readings of files that are replaced meanwhile, before it gives up. */
const mostReadings = 20;

/** A file whose bytes are not those that were written. */
export interface DamagedFile {
  readonly file: PartitionFile;
  readonly fault: string;
  /** The values of the axis that it held. */
  readonly range: AxisRange;
}

/** Bars to read; files outside of the range are not looked at. */
export interface Reading {
  readonly interval: BarInterval;
  readonly range: AxisRange;
  /** Reads the other files when some are damaged. */
  readonly skipsDamaged?: boolean;
}

export class BarReader {
  readonly #engine: BarEngine;
  readonly #files: BarFiles;
  readonly #checksums = new FileChecksums();
  /** Extents of files by path, with the version that was read. */
  readonly #extents = new Map<string, { readonly identity: string; readonly bySymbol: ReadonlyMap<string, Extent> }>();

  constructor(engine: BarEngine, files: BarFiles) {
    this.#engine = engine;
    this.#files = files;
  }

  /** Reads bars of symbols, in the order of the symbols. Throws as {@link query}. */
  async read(symbols: readonly string[], reading: Reading): Promise<readonly StoredBars[]> {
    const { interval, range } = reading;
    return await this.query(reading, async (connection, files) => {
      return await readBars(connection, { interval, paths: files.map(({ path }) => path), symbols, range });
    });
  }

  /**
   * Queries the files of a range, all of the same moment: the work is done again when one was replaced meanwhile.
   *
   * @throws DayTradeError `data.bars-damaged`, `state.damaged`
   */
  async query<Result>(
    { interval, range, skipsDamaged = false }: Reading,
    work: (connection: BarConnection, files: readonly PartitionFile[]) => Promise<Result>,
  ): Promise<Result> {
    for (let reading = 0; reading < mostReadings; reading += 1) {
      const files = await this.#files.list(interval, (partition) => isWithin(interval, partition, range));
      const before = await identities(files);
      const damaged = await this.damaged(interval, files);
      if (damaged.length > 0 && !skipsDamaged) throw damagedFiles(damaged);
      const sound = files.filter((file) => damaged.every((each) => each.file !== file));
      const result = await this.#engine.use((connection) => work(connection, sound));
      if ((await identities(files)) === before) return result;
    }
    throw new DayTradeError('service.unavailable', `the bars changed while they were read, ${mostReadings} times`);
  }

  async fault(path: string): Promise<string | undefined> {
    return await this.#checksums.fault(path);
  }

  /**
   * Returns the damaged files of an interval.
   *
   * @param files default: all
   * @param again compares all with their checksums, also those that were sound before
   */
  async damaged(
    interval: BarInterval,
    files?: readonly PartitionFile[],
    again = false,
  ): Promise<readonly DamagedFile[]> {
    const damaged: DamagedFile[] = [];
    for (const file of files ?? (await this.#files.list(interval))) {
      const fault = await this.#checksums.fault(file.path, again);
      if (fault !== undefined) damaged.push({ file, fault, range: partitionRange(interval, file.partition) });
    }
    return damaged;
  }

  async extents(interval: BarInterval, skipsDamaged = true): Promise<ReadonlyMap<string, Extent>> {
    return await this.query({ interval, range: everything, skipsDamaged }, async (connection, files) => {
      const joined = new Map<string, Extent>();
      for (const { path } of files) {
        for (const [symbol, { bars, first, last }] of await this.extentsOf(connection, interval, path)) {
          const earlier = joined.get(symbol);
          joined.set(symbol, { bars: bars + (earlier?.bars ?? 0), first: earlier?.first ?? first, last });
        }
      }
      return joined;
    });
  }

  async extentsOf(
    connection: BarConnection,
    interval: BarInterval,
    path: string,
  ): Promise<ReadonlyMap<string, Extent>> {
    const identity = await fileIdentity(path);
    const known = this.#extents.get(path);
    if (known?.identity === identity) return known.bySymbol;
    const bySymbol = await readExtents(connection, interval, path);
    this.#extents.set(path, { identity, bySymbol });
    return bySymbol;
  }
}

function damagedFiles(damaged: readonly DamagedFile[]): DayTradeError {
  return new DayTradeError('data.bars-damaged', damaged.map(({ fault }) => fault).join('; '));
}

export async function identities(files: readonly PartitionFile[]): Promise<string> {
  return (await Promise.all(files.map(({ path }) => fileIdentity(path)))).join('\n');
}
