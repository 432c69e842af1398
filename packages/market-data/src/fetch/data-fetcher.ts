import type { FetchResult, SymbolInfo } from '@daytrade/contracts';
import { asDayTradeError, DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import type { SymbolCode } from '@daytrade/market';
import type { BarProvider, BarSource, RefusedSource, SourceList, SourceRows } from '../provider.ts';
import type { Inspection } from '../quality/inspect-bars.ts';
import { type Failover, type Fallback, givenInWords, LackingSymbols, mayBeGivenByAnother } from './fallback.ts';
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
  /** Who is asked for symbols that the provider does not give; nobody where left out. */
  readonly failover?: Failover | undefined;
  /** Symbols that are read before the others, so that they are there while the rest is still coming. */
  readonly first?: ReadonlySet<string> | undefined;
}

/** When a fetch began, what stops it, and how it went with the sources before. */
interface FetchMoment {
  readonly started: number;
  readonly signal: AbortSignal | undefined;
  readonly failures: FailuresInARow;
  readonly watched: FetchWatch;
  /** The symbols that nobody has given so far. */
  readonly lacking: LackingSymbols;
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
 * on, and its symbol may be asked of other providers. A source without one good row changes nothing but that its rows
 * are listed in the quarantine.
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
    const { signal, failover } = options;
    const started = now();
    const watched = new FetchWatch(provider, now, options.onProgress);
    const moment = { started, signal, failures: new FailuresInARow(), watched, lacking: new LackingSymbols() };
    const mayFail = failover !== undefined && failover.fallbacks.length > 0;
    let failure: unknown;
    const list = await this.#retry(() => provider.list(signal)).catch(async (error: unknown) => {
      if (signal?.aborted === true) throw cancelled(0, 0);
      if (!mayFail || !mayBeGivenByAnother(error)) throw error;
      failure = error;
      for (const symbol of await failover.wanted()) {
        moment.lacking.add(refusalOf(`${provider.name}/${symbol}`, error), { symbol });
      }
      return { sources: [], skipped: [] };
    });
    const { refused = [] }: SourceList = list;
    const sources = inOrder(list.sources, options.first);
    const tally = new FetchTally(provider, list);
    for (const file of refused) moment.lacking.add(file);
    watched.report({ files: sources.length });
    failure ??= await this.#readAll(provider, sources, tally, moment).catch((error: unknown) => {
      if (!mayFail || !mayBeGivenByAnother(error)) throw error;
      return error;
    });
    const given = mayFail ? await this.#askOthers(failover.fallbacks, tally, moment) : 0;
    if (failure !== undefined && given === 0) throw failure;
    for (const file of moment.lacking.refusals) tally.refuse(file);
    return tally.result((now() - started) / 1000);
  }

  /** Reads each source; what ends it leaves the daily bars of the rest lacking. */
  async #readAll(
    provider: BarProvider,
    sources: readonly BarSource[],
    tally: FetchTally,
    moment: FetchMoment,
  ): Promise<undefined> {
    const { signal, watched, lacking } = moment;
    for (const [index, source] of sources.entries()) {
      const stopIfAborted = () => {
        if (signal?.aborted === true) throw cancelled(index, sources.length);
      };
      stopIfAborted();
      await this.#fetchSource(provider, source, tally, moment).catch((error: unknown) => {
        stopIfAborted();
        for (const rest of sources.slice(index)) lacking.add(refusalOf(rest.file, error), rest);
        throw error;
      });
      watched.report({ filesDone: index + 1, symbol: source.symbol });
    }
    return undefined;
  }

  /** Asks one provider after another for what is lacking; gives back how many symbols were given. */
  async #askOthers(fallbacks: readonly Fallback[], tally: FetchTally, moment: FetchMoment): Promise<number> {
    const { lacking } = moment;
    let total = 0;
    for (const fallback of fallbacks) {
      const { symbols } = lacking;
      if (symbols.length === 0) break;
      const given = new Map<SymbolCode, RefusedSource>();
      try {
        await this.#askOne(fallback, symbols, tally, { ...moment, failures: new FailuresInARow() }, given);
      } catch (error) {
        if (moment.signal?.aborted === true || !isDayTradeError(error)) throw error;
        tally.note(`${fallback.name}, which was asked for what is lacking: ${error.message}`);
      }
      total += given.size;
      const [first] = given.values();
      if (first !== undefined) tally.note(givenInWords(fallback.name, [...given.keys()], first));
      fallback.onLacking?.(symbols.filter((symbol) => !given.has(symbol)));
    }
    return total;
  }

  async #askOne(
    { open }: Fallback,
    symbols: readonly SymbolCode[],
    tally: FetchTally,
    moment: FetchMoment,
    given: Map<SymbolCode, RefusedSource>,
  ): Promise<void> {
    const { signal, watched, lacking } = moment;
    const provider = open(symbols);
    if (provider === undefined) return;
    watched.follow(provider);
    const { sources, refused = [], notes = [] }: SourceList = await this.#retry(() => provider.list(signal));
    const daily = sources.filter(({ symbol, interval }) => interval !== '5m' && symbols.includes(symbol));
    if (daily.length > 0) for (const note of notes) tally.note(note);
    const give = (symbol: SymbolCode) => {
      const before = lacking.give(symbol);
      if (before !== undefined) given.set(symbol, before);
    };
    // What a provider of what is missing neither lists nor refuses is stored already, as it gave it before.
    const isUpToDate = (symbol: SymbolCode) =>
      provider.incremental === true && ![...daily, ...refused].some((each) => each.symbol === symbol);
    for (const symbol of symbols.filter(isUpToDate)) give(symbol);
    for (const each of refused) lacking.addOther(each);
    for (const source of daily) {
      if (signal?.aborted === true) throw cancelled(0, daily.length);
      const { bars, refused: file } = await this.#readSource(provider, source, tally, moment);
      if (file !== undefined) lacking.addOther(file);
      if (bars > 0) give(source.symbol);
    }
  }

  async #fetchSource(provider: BarProvider, source: BarSource, tally: FetchTally, moment: FetchMoment): Promise<void> {
    const { refused } = await this.#readSource(provider, source, tally, moment);
    if (refused !== undefined) moment.lacking.add(refused, source);
  }

  /** Reads and stores one source: how many good bars it has, or why it is refused. */
  async #readSource(
    provider: BarProvider,
    source: BarSource,
    tally: FetchTally,
    { started, signal, failures }: FetchMoment,
  ): Promise<{ readonly bars: number; readonly refused?: RefusedSource }> {
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
      return { bars: 0, refused: { file: source.file, message: error.message, code: error.code } };
    }
    failures.end();
    const merged = await this.#store(provider, source, { rows, inspection, started });
    tally.add(rows, inspection, merged);
    const lost = inspection.bars.interval === '1d' ? lostBars(merged, stored) : merged.mended;
    if (lost !== undefined) tally.mend(source, merged, lost);
    return { bars: merged.added + merged.changed + merged.unchanged };
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
    const { factors: known = [] } = rows;
    const splits = inspection.priceBasis === 'split-adjusted' ? known.filter(({ kind }) => kind === 'split') : [];
    // Before the symbol, whose last day says from where on its rows are asked for again.
    await factors.upsert(symbol, known);
    await shareCounts.upsert(symbol, rows.shareCounts ?? []);
    // Before the bars, since those that are stored are not asked for again.
    if (incremental === true) await quarantine.add({ symbol, file }, inspection.entries);
    else await quarantine.replace({ symbol, file }, inspection.entries);
    const merged =
      accepted.interval === '1d'
        ? await bars.merge(symbol, accepted.columns, provenance, splits)
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

/** The sources of some symbols, then the others, each in the order of the provider. */
function inOrder(sources: readonly BarSource[], first: ReadonlySet<string> = new Set()): readonly BarSource[] {
  const [wanted, others] = [true, false].map((is) => sources.filter(({ symbol }) => first.has(symbol) === is));
  return [...wanted!, ...others!];
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

/** That a whole provider fails, said of one symbol. */
function refusalOf(file: string, error: unknown): RefusedSource {
  const { message, code } = asDayTradeError(error);
  return { file, message, code };
}

function cancelled(filesDone: number, files: number): DayTradeError {
  return new DayTradeError('run.cancelled', `cancelled after ${filesDone} of ${files} files; their bars are kept`, {
    details: { filesDone, files },
  });
}
