import type { FetchResult, SymbolInfo } from '@daytrade/contracts';
import { DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import type { BarProvider, BarSource, SourceRows } from '../provider.ts';
import type { Inspection } from '../quality/inspect-bars.ts';
import { type FetchProgress, FetchWatch } from './fetch-progress.ts';
import { FetchTally } from './fetch-tally.ts';
import type { FetchSinks, MergedBars } from './ports.ts';
import { retry } from './retry.ts';
import { inspectForStored } from './settle-price-basis.ts';

export interface DataFetcherOptions {
  readonly sinks: FetchSinks;
  /** The clock, milliseconds since 1970 UTC: a bar that ends later is kept out. */
  readonly now: () => number;
  /** Waits before a provider that failed is asked again. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface FetchOptions {
  /** Stops the fetch before the next file. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
}

/** When a fetch began, what stops it, and how it went with the sources before. */
interface FetchMoment {
  readonly started: number;
  readonly signal: AbortSignal | undefined;
  readonly failures: FailuresInARow;
}

/** Rows of a source that were judged, and when the fetch of them began. */
interface InspectedRows {
  readonly rows: SourceRows;
  readonly inspection: Inspection;
  readonly started: number;
}

const attempts = 4;
const firstPauseMilliseconds = 500;

const nothingMerged: MergedBars = { added: 0, changed: 0, unchanged: 0, bars: 0, firstDate: null, lastDate: null };

/**
 * Brings everything a provider has through the quality gate into the stores.
 *
 * Each source is stored alone: what was kept out, then its bars, then its symbol. Each step has the same effect when it
 * is done again, so a fetch that was killed at any moment and started anew ends with the bars of one that was not, and
 * a second fetch of the same data adds nothing. A source that cannot be read is refused with its message, the others go
 * on. A source without one good row changes nothing but that its rows are listed in the quarantine.
 *
 * @example
 * const fetcher = new DataFetcher({ sinks: { bars, symbols, quarantine }, now, pause });
 * const result = await fetcher.fetch(new CsvFolderProvider({ folder: '/data/daily' }));
 */
export class DataFetcher {
  readonly #options: DataFetcherOptions;

  constructor(options: DataFetcherOptions) {
    this.#options = options;
  }

  /**
   * @throws DayTradeError `data.folder-unreadable`; `data.file-unreadable` when every file was refused;
   * `data.no-usable-rows` when no row was good; `data.provider-failed` when the provider failed four times, at three
   * sources in a row; what else a provider throws; `run.cancelled` when the signal was aborted: what was stored stays
   */
  async fetch(provider: BarProvider, options: FetchOptions = {}): Promise<FetchResult> {
    const { now } = this.#options;
    const started = now();
    const { signal } = options;
    const watched = new FetchWatch(provider, now, options.onProgress);
    const list = await this.#retry(() => provider.list(signal)).catch((error: unknown) => {
      if (signal?.aborted === true) throw cancelled(0, 0);
      throw error;
    });
    const { sources, refused = [] } = list;
    const tally = new FetchTally(provider, list);
    const failures = new FailuresInARow();
    for (const file of refused) tally.refuse(file);
    watched.report({ files: sources.length });
    for (const [index, source] of sources.entries()) {
      const stopIfAborted = () => {
        if (signal?.aborted === true) throw cancelled(index, sources.length);
      };
      stopIfAborted();
      await this.#fetchSource(provider, source, tally, { started, signal, failures }).catch((error: unknown) => {
        stopIfAborted();
        throw error;
      });
      watched.report({ filesDone: index + 1, symbol: source.symbol });
    }
    return tally.result((now() - started) / 1000);
  }

  async #fetchSource(
    provider: BarProvider,
    source: BarSource,
    tally: FetchTally,
    { started, signal, failures }: FetchMoment,
  ): Promise<void> {
    const { symbols } = this.#options.sinks;
    let rows: SourceRows;
    let inspection: Inspection;
    const stored = await symbols.find(source.symbol);
    try {
      rows = await this.#retry(() => provider.read(source, signal));
      inspection = inspectForStored(rows, stored, started);
    } catch (error) {
      if (signal?.aborted === true || !isDayTradeError(error) || !isOfOneSource(error)) throw error;
      failures.add(error);
      tally.refuse({ file: source.file, message: error.message, code: error.code });
      return;
    }
    failures.end();
    const merged = await this.#store(provider, source, { rows, inspection, started });
    tally.add(rows, inspection, merged);
    const lost = inspection.bars.interval === '1d' ? lostBars(merged, stored) : merged.mended;
    if (lost !== undefined) tally.mend(source, merged, lost);
  }

  async #store(
    { name, incremental }: BarProvider,
    source: BarSource,
    { rows, inspection, started }: InspectedRows,
  ): Promise<MergedBars> {
    const { bars, factors, quarantine, shareCounts, symbols } = this.#options.sinks;
    const { symbol, file } = source;
    const accepted = inspection.bars;
    if (accepted.columns.close.length === 0) {
      // A file without one good row is refused as a whole: of the symbol and of what was kept out before, nothing
      // changes.
      await quarantine.add({ symbol, file }, inspection.entries);
      return nothingMerged;
    }
    const provenance = { source: name, fetchedAt: started };
    // Before the symbol, whose last day says from where on its rows are asked for again.
    await factors.upsert(symbol, rows.factors ?? []);
    await shareCounts.upsert(symbol, rows.shareCounts ?? []);
    // Before the bars, since those that are stored are not asked for again.
    if (incremental === true) await quarantine.add({ symbol, file }, inspection.entries);
    else await quarantine.replace({ symbol, file }, inspection.entries);
    const merged =
      accepted.interval === '1d'
        ? await bars.merge(symbol, accepted.columns, provenance)
        : await bars.mergeIntraday(symbol, accepted.columns, provenance);
    if (merged.firstDate === null || merged.lastDate === null) return merged;
    const range = { firstDate: merged.firstDate, lastDate: merged.lastDate };
    const record = { ...rows.master, priceBasis: inspection.priceBasis, ...range };
    if (accepted.interval === '1d') await symbols.upsert({ ...record, bars: merged.bars });
    else if ((await symbols.find(symbol)) === undefined) await symbols.upsert({ ...record, bars: 0 });
    return merged;
  }

  #retry<Result>(operation: () => Promise<Result>): Promise<Result> {
    return retry(operation, { attempts, firstPauseMilliseconds, pause: this.#options.pause });
  }
}

/** What was wrong with the daily bars that were stored before a merge; undefined when nothing was. */
function lostBars(merged: MergedBars, stored: SymbolInfo | undefined): string | undefined {
  if (merged.mended !== undefined || stored === undefined) return merged.mended;
  // Bars that its record says it has, and none of which met the new ones or stayed beside them.
  const isMissing = stored.bars > 0 && merged.bars > 0 && merged.added === merged.bars;
  return isMissing ? `its ${stored.bars} stored bars were missing` : undefined;
}

/** Failures that may be those of one source alone, so that the others are asked for. */
const ofOneSource = new Set<ErrorCode>([
  'data.file-unreadable',
  'data.provider-failed',
  'data.provider-refused',
  'data.provider-reply-invalid',
  'data.symbol-unknown',
]);

function isOfOneSource({ code }: DayTradeError): boolean {
  return ofOneSource.has(code);
}

/** Sources in a row at which a provider fails before it is taken to be the provider that does. */
const mostFailures = 3;

/**
 * Distinguishes a source that fails from a provider that does. A file that cannot be read, or a symbol that there is
 * not, says nothing of the others.
 */
class FailuresInARow {
  #count = 0;

  /** @throws DayTradeError the last of three failures in a row */
  add(error: DayTradeError): void {
    if (error.code === 'data.file-unreadable' || error.code === 'data.symbol-unknown') return;
    this.#count += 1;
    if (this.#count === mostFailures) throw error;
  }

  end(): void {
    this.#count = 0;
  }
}

function cancelled(filesDone: number, files: number): DayTradeError {
  return new DayTradeError('run.cancelled', `cancelled after ${filesDone} of ${files} files; their bars are kept`, {
    details: { filesDone, files },
  });
}
