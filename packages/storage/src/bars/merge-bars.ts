import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BarInterval } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, japanDate, type TradeDate } from '@daytrade/market';
import { barFileBytes } from './bar-file-bytes.ts';
import type { BarFiles } from './bar-files.ts';
import { type BarHead, readBarHeads } from './bar-head.ts';
import { type FileBars, mergeOrigins, type Provenance, unknownOrigins } from './bar-origins.ts';
import type { MergeResult } from './bar-store.ts';
import { type Columns, columnsOfLength } from './columns.ts';
import { joinBars } from './join-bars.ts';
import { mergeColumns } from './merge-columns.ts';
import type { ParquetFiles } from './parquet-files.ts';
import { type RecentBars, RecentBarsReader, recentBytes, withoutDays } from './recent-bars.ts';
import { restatedBars, type Split } from './restate-bars.ts';

/** Bars of a symbol that are merged with the stored ones. */
export interface Incoming {
  readonly symbol: string;
  readonly columns: Columns;
  readonly splits: readonly Split[];
}

/** Called with a message when newest bars were set aside. */
export type SetAsideListener = (message: string) => void;

/** What is in a file; of a damaged one nothing, with what is wrong. */
export type StoredBars = FileBars & { readonly fault?: string };

/** With fewer symbols their own files are written anew, as they are for more bars of a symbol than a few. */
const fewestSymbols = 50;
const mostBars = 10;
/** Newest bars of a symbol before they go into its own file: this many, and by its code up to twice as many. */
const fewestKept = 64;

/** How bars get into the files: those of each symbol as a whole, or not at all. */
export class BarMerges {
  readonly #files: BarFiles;
  readonly #parquet: ParquetFiles;
  readonly #reader = new RecentBarsReader();
  readonly #onSetAside: SetAsideListener;

  constructor(files: BarFiles, parquet: ParquetFiles, onSetAside: SetAsideListener) {
    this.#files = files;
    this.#parquet = parquet;
    this.#onSetAside = onSetAside;
  }

  /** The newest daily bars; none of a file that is damaged, with what is wrong. They are read before other files. */
  async recent(): Promise<{ readonly recent: RecentBars; readonly fault?: string }> {
    return await this.#recentIn(await this.#files.recent());
  }

  /**
   * As {@link recent}; a damaged file is set aside first, so that it does not keep anybody from the files of symbols.
   *
   * @throws DayTradeError `state.damaged` when it cannot be read at all, `state.unwritable`
   */
  async soundRecent(): Promise<RecentBars> {
    const { recent, fault } = await this.recent();
    if (fault === undefined) return recent;
    // Of objects it may be the copy of this machine alone that is damaged.
    const again = await this.#recentIn(await this.#files.recent(true));
    if (again.fault === undefined) return again.recent;
    await this.#changeRecent((sound, damage) => (damage === undefined ? undefined : sound));
    return await this.#reader.read(await this.#files.recent());
  }

  /**
   * Merges daily bars of different symbols: a few newest bars of many symbols into the one file of those, the others
   * into the files of the symbols, whose own bars come with them out of the file of the newest.
   */
  async mergeDaily(several: readonly Incoming[], provenance: Provenance | undefined): Promise<readonly MergeResult[]> {
    const results = new Map<Incoming, MergeResult>();
    await this.#append(several, provenance, results);
    const rest = several.filter((each) => !results.has(each));
    if (rest.length > 0) await this.#mergeFiles(rest, provenance, results);
    return several.map((each) => results.get(each)!);
  }

  /** Merges bars of one symbol into its file. @param write false: only counts what would change */
  async mergeFile(
    interval: BarInterval,
    incoming: Incoming,
    provenance: Provenance | undefined,
    write: boolean,
  ): Promise<MergeResult> {
    const { recent } = interval === '1d' ? await this.recent() : { recent: new Map() };
    let result: MergeResult | undefined;
    await this.#files.update(interval, incoming.symbol, async (current) => {
      const merged = await this.#merged(interval, incoming, recent, current);
      result = merged.result;
      if (!write || !merged.isChanged) return undefined;
      if (merged.isLost) await this.#drop([incoming.symbol]);
      return mergedBytes(interval, merged, provenance);
    });
    return result!;
  }

  /** Removes the newest bars of symbols. */
  async #drop(symbols: readonly string[]): Promise<void> {
    await this.#changeRecent((recent) => {
      const left = new Map(recent);
      for (const symbol of symbols) left.delete(symbol);
      return left.size === recent.size ? undefined : left;
    });
  }

  /** Removes all bars of a symbol: the newest first, which count for nothing without the others. */
  async remove(symbol: string, intervals: readonly BarInterval[]): Promise<void> {
    await this.#drop([symbol]);
    for (const interval of intervals) await this.#files.remove(interval, symbol);
  }

  /** Adds bars that are later than those of the symbols' files to the newest ones, where these are many symbols. */
  async #append(
    several: readonly Incoming[],
    provenance: Provenance | undefined,
    results: Map<Incoming, MergeResult>,
  ): Promise<void> {
    const short = several.filter(
      ({ columns: { axis }, splits }) => axis.length > 0 && axis.length <= mostBars && splits.length === 0,
    );
    if (short.length < fewestSymbols) return;
    const paths = await this.#files.paths(
      '1d',
      short.map(({ symbol }) => symbol),
    );
    const found = await readBarHeads(paths);
    const heads = new Map<Incoming, BarHead>();
    for (const [index, each] of short.entries()) {
      const head = found[index];
      if (head !== undefined && each.columns.axis[0]! > head.last) heads.set(each, head);
    }
    if (heads.size < fewestSymbols) return;
    await this.#changeRecent((recent, fault) => {
      results.clear();
      const next = new Map(recent);
      for (const [each, head] of heads) {
        const own = recent.get(each.symbol) ?? noBars();
        const merged = mergeColumns(own.columns, each.columns);
        if (merged.columns.axis.length > mostKept(each.symbol)) continue;
        const later = merged.columns.axis.filter((day) => day > head.last);
        const bars = head.bars + later.length;
        const ends = { firstDate: dateOfDayNumber(head.first), lastDate: dateOfDayNumber(later.at(-1)!) };
        results.set(each, { ...merged.counts, bars, ...ends, mended: fault });
        if (merged.counts.added + merged.counts.changed === 0) continue;
        const origins = mergeOrigins(own.origins, merged.kept, provenance);
        next.set(each.symbol, { columns: merged.columns, origins });
      }
      const isChanged = [...results.values()].some(({ added, changed }) => added + changed > 0);
      return isChanged || fault !== undefined ? next : undefined;
    });
  }

  async #mergeFiles(
    several: readonly Incoming[],
    provenance: Provenance | undefined,
    results: Map<Incoming, MergeResult>,
  ): Promise<void> {
    const { recent, fault } = await this.recent();
    const bySymbol = new Map(several.map((each) => [each.symbol, each]));
    const written = new Map<string, Float64Array>();
    const change = async (symbol: string, current: string | undefined) => {
      const incoming = bySymbol.get(symbol)!;
      const merged = await this.#merged('1d', incoming, recent, current);
      results.set(incoming, { ...merged.result, mended: merged.result.mended ?? fault });
      if (!merged.isChanged) return undefined;
      if (merged.isLost) await this.#drop([symbol]);
      if (recent.has(symbol)) written.set(symbol, merged.columns.axis);
      return mergedBytes('1d', merged, provenance);
    };
    await this.#files.updateMany('1d', [...bySymbol.keys()], change);
    if (written.size === 0 && fault === undefined) return;
    // After the files: a crash in between leaves days in both, which are read from the files.
    await this.#changeRecent((now, damage) => withoutDays(now, written) ?? (damage === undefined ? undefined : now));
  }

  /** The bars of a symbol's file and its newest ones with the incoming ones, and what that changes. */
  async #merged(
    interval: BarInterval,
    { symbol, columns: incoming, splits }: Incoming,
    recent: RecentBars,
    current: string | undefined,
  ): Promise<MergedFile> {
    const file = current === undefined ? noBars() : await this.stored(current, interval);
    const newest = recent.get(symbol);
    // Without the others, the newest are not all that there is: they are fetched anew with them.
    const isLost = newest !== undefined && (current === undefined || file.fault !== undefined);
    const stored = newest === undefined || isLost ? file : joinBars(file, newest);
    const { columns, restated } = restatedBars(stored.columns, incoming, splits);
    const merged = mergeColumns(columns, incoming);
    const counts = { ...merged.counts, changed: merged.counts.changed + restated };
    return {
      columns: merged.columns,
      kept: merged.kept,
      stored,
      isLost,
      isChanged: file.fault !== undefined || counts.added + counts.changed > 0,
      result: { ...counts, bars: merged.columns.axis.length, ...endsOf(merged.columns, interval), mended: file.fault },
    };
  }

  /** The bars of a file; none of a damaged one, with what is wrong. */
  async stored(path: string, interval: BarInterval): Promise<StoredBars> {
    try {
      return await this.#parquet.readVerified(path, interval);
    } catch (error) {
      return { ...noBars(), fault: damageIn(error) };
    }
  }

  async #recentIn(path: string | undefined): Promise<{ readonly recent: RecentBars; readonly fault?: string }> {
    try {
      return { recent: await this.#reader.read(path) };
    } catch (error) {
      return { recent: new Map(), fault: damageIn(error) };
    }
  }

  /** The same damaged file gets the same name, however often it is met. */
  async #setAside(path: string, fault: string): Promise<void> {
    const hash = createHash('sha256').update(await readFile(path));
    const kept = await this.#files.keepAside(path, `1d-damaged-${hash.digest('hex').slice(0, 12)}.parquet`);
    this.#onSetAside(
      `the newest daily bars of many symbols were damaged and are set aside as ${kept} (${fault}); ` +
        'the next update fetches those of J-Quants and Yahoo again; daytrade data check says which days are missing, ' +
        'and daytrade fetch --repair asks for them now',
    );
  }

  /** @param change gives what is to take the place of the newest bars; undefined when nothing changes */
  async #changeRecent(change: (recent: RecentBars, fault: string | undefined) => RecentBars | undefined) {
    await this.#files.updateRecent(async (current) => {
      const { recent, fault } = await this.#recentIn(current);
      const next = change(recent, fault);
      if (next === undefined) return undefined;
      if (fault !== undefined && current !== undefined) await this.#setAside(current, fault);
      return recentBytes(next);
    });
  }
}

interface MergedFile {
  readonly columns: Columns;
  readonly kept: Int32Array;
  readonly stored: FileBars;
  /** Whether the symbol has newest bars, though no file, or a damaged one. */
  readonly isLost: boolean;
  readonly isChanged: boolean;
  readonly result: MergeResult;
}

function mergedBytes(
  interval: BarInterval,
  { columns, kept, stored }: MergedFile,
  provenance: Provenance | undefined,
): Buffer {
  const origins = mergeOrigins(stored.origins, kept, provenance);
  return barFileBytes(interval, { columns, origins });
}

/** No bars. */
export function noBars(): StoredBars {
  return { columns: columnsOfLength(0), origins: unknownOrigins(0) };
}

/** What an error says of a damaged file. @throws any other error */
function damageIn(error: unknown): string {
  if (!isDayTradeError(error) || error.code !== 'data.bars-damaged') throw error;
  return error.message;
}

/** Symbols that were imported together are not written anew on one and the same evening. */
function mostKept(symbol: string): number {
  const spread = Buffer.from(symbol).reduce((sum, byte) => (sum * 31 + byte) % fewestKept, 0);
  return fewestKept + spread;
}

function endsOf({ axis }: Columns, interval: BarInterval): Pick<MergeResult, 'firstDate' | 'lastDate'> {
  const dateAt = (value: number | undefined): TradeDate | null => {
    if (value === undefined) return null;
    return interval === '1d' ? dateOfDayNumber(value) : japanDate(value);
  };
  return { firstDate: dateAt(axis[0]), lastDate: dateAt(axis.at(-1)) };
}
