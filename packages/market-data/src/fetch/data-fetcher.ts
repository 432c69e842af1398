import type { FetchResult, SymbolInfo } from '@daytrade/contracts';
import { DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import type { SymbolCode } from '@daytrade/market';
import { type BarProvider, type BarSource, isNamed, type RefusedSource, type SymbolMaster } from '../provider.ts';
import { listedIssue } from '../symbols/symbol-table.ts';
import { FetchTally } from './fetch-tally.ts';
import { inspectForStored, isFull, type JudgedSource, judgedRows } from './judge-sources.ts';
import type { FetchSinks, MergedBars } from './ports.ts';
import { storeSources } from './store-sources.ts';

export interface DataFetcherOptions {
  readonly sinks: FetchSinks;
  /** The clock, milliseconds since 1970 UTC: a bar that ends later is kept out. */
  readonly now: () => number;
  /** Waits before a provider that failed is asked again. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface FetchProgress {
  readonly filesDone: number;
  readonly files: number;
  /** 0 to 1. */
  readonly fraction: number;
  readonly symbol: string | null;
  /** Activity of the provider before the next source is done, as a wait; null where it reports none. */
  readonly activity: string | null;
}

type Reached = Pick<FetchProgress, 'filesDone' | 'files' | 'symbol'>;

export interface FetchOptions {
  /** Stops the fetch before the next file. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
}

/** When a fetch began, what stops it, and how it went with the sources before. */
interface FetchMoment {
  readonly started: number;
  readonly signal: AbortSignal | undefined;
  /** Sources in a row at which the provider failed. */
  failures: number;
  readonly report: (reached: Partial<Reached>) => void;
}

const attempts = 4;
const firstPauseMilliseconds = 500;
/** Time after which sources of a provider on the network are stored: a kill loses no more than this. */
const mostMilliseconds = 30_000;

/**
 * Brings the bars of a provider through the quality gate into the stores.
 *
 * It stores quarantined rows first, then bars, then the symbol, of several sources at a time. Every step is idempotent:
 * a fetch that was killed and started again ends with the same bars. A source that cannot be read is refused with a
 * message, and the others go on. A source without a good row only adds to the quarantine.
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
    const { signal, onProgress } = options;
    const started = now();
    let reached: Reached = { filesDone: 0, files: 0, symbol: null };
    const report = (more: Partial<Reached>, activity: string | null = null) => {
      reached = { ...reached, ...more };
      const { filesDone, files } = reached;
      onProgress?.({ ...reached, fraction: files === 0 ? 0 : filesDone / files, activity });
    };
    provider.watch?.((activity) => report({}, activity));
    const moment = { started, signal, report, failures: 0 };
    const list = await this.#retry(() => provider.list(signal)).catch((error: unknown) => {
      throw signal?.aborted === true ? cancelled(0, 0) : error;
    });
    const tally = new FetchTally(provider, list);
    for (const file of list.refused ?? []) tally.refuse(file);
    report({ files: list.sources.length });
    await this.#readAll(provider, list.sources, tally, moment);
    return tally.result((now() - started) / 1000);
  }

  async #readAll(
    provider: BarProvider,
    sources: readonly BarSource[],
    tally: FetchTally,
    moment: FetchMoment,
  ): Promise<void> {
    const { signal, report } = moment;
    let judged: JudgedSource[] = [];
    const { now } = this.#options;
    const known = new Map(await this.#find(sources));
    let begun: number | undefined;
    const store = async () => {
      const taken = judged;
      judged = [];
      await this.#store(provider, taken, tally, moment);
      for (const [symbol, info] of await this.#find(taken.map(({ source }) => source))) known.set(symbol, info);
      begun = undefined;
    };
    for (const [index, source] of sources.entries()) {
      const stopIfAborted = () => {
        if (signal?.aborted === true) throw cancelled(index, sources.length);
      };
      try {
        stopIfAborted();
        const isLate = begun !== undefined && now() - begun >= mostMilliseconds;
        if (isLate || judged.some((one) => one.source.symbol === source.symbol)) await store();
        if (provider.incremental === true) begun ??= now();
        const read = await this.#judge(provider, source, known.get(source.symbol), moment);
        if ('code' in read) tally.refuse(read);
        else judged.push(read);
        if (isFull(judged)) await store();
      } catch (error) {
        // Stores the sources judged before it.
        await store();
        stopIfAborted();
        throw error;
      }
      report({ filesDone: index + 1, symbol: source.symbol });
    }
    await store();
  }

  async #find(sources: readonly BarSource[]): Promise<ReadonlyMap<SymbolCode, SymbolInfo>> {
    return await this.#options.sinks.symbols.find([...new Set(sources.map(({ symbol }) => symbol))]);
  }

  /** Reads one source and judges its rows, or says why it is refused. */
  async #judge(
    provider: BarProvider,
    source: BarSource,
    stored: SymbolInfo | undefined,
    moment: FetchMoment,
  ): Promise<JudgedSource | Required<Omit<RefusedSource, 'symbol'>>> {
    const { started, signal } = moment;
    try {
      const read = await this.#retry(() => provider.read(source, signal));
      const rows = { ...read, master: masterOf(read.master, stored) };
      const inspection = inspectForStored(rows, stored, started);
      moment.failures = 0;
      return { source, rows: judgedRows(rows), inspection, stored };
    } catch (error) {
      if (signal?.aborted === true || !isDayTradeError(error) || !ofOneSource.has(error.code)) throw error;
      // A file that cannot be read, or a symbol that there is not, says nothing of the others.
      if (error.code !== 'data.file-unreadable' && error.code !== 'data.symbol-unknown') moment.failures += 1;
      if (moment.failures === mostFailures) throw error;
      return { file: source.file, message: error.message, code: error.code };
    }
  }

  async #store(
    provider: BarProvider,
    judged: readonly JudgedSource[],
    tally: FetchTally,
    { started }: FetchMoment,
  ): Promise<void> {
    const results = await storeSources(this.#options.sinks, provider, judged, started);
    for (const [index, { source, rows, inspection, stored }] of judged.entries()) {
      const merged = results[index]!;
      tally.add(rows, inspection, merged);
      const lost = inspection.bars.interval === '1d' ? lostBars(merged, stored) : merged.mended;
      if (lost !== undefined) tally.mend(source, merged, lost);
    }
  }

  /** Tries an operation again while it fails with an error that says it may succeed later. */
  async #retry<Result>(operation: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await operation();
      } catch (error) {
        if (attempt === attempts || !isDayTradeError(error) || !error.retryable) throw error;
        await this.#options.pause(firstPauseMilliseconds * 2 ** (attempt - 1));
      }
    }
  }
}

/** Returns the symbol with a name: its own, else the stored one, else that of the list of issues. */
function masterOf(master: SymbolMaster, stored: SymbolInfo | undefined): SymbolMaster {
  if (isNamed(master)) return master;
  const isKnown = stored !== undefined && !stored.synthetic && isNamed(stored);
  const known = isKnown ? stored : listedIssue(master.symbol);
  if (known === undefined) return master;
  const { name, sector, sizeGroup, tickTable } = known;
  return { ...master, name, sector, sizeGroup, tickTable };
}

/** Returns the fault of the daily bars that were stored before a merge; undefined where they were sound. */
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

/** Sources in a row at which a provider fails before it is taken to be the provider that does. */
const mostFailures = 3;

function cancelled(filesDone: number, files: number): DayTradeError {
  return new DayTradeError('run.cancelled', `cancelled after ${filesDone} of ${files} files; their bars are kept`);
}
