import type { SymbolInfo } from '@daytrade/contracts';
import type { BarSource, SourceRows } from '../provider.ts';
import type { Inspection } from '../quality/inspect-bars.ts';

/** What is still to be known of rows that were judged; the rows themselves and their text would only take memory. */
export interface JudgedRows
  extends Pick<
    SourceRows,
    | 'master'
    | 'interval'
    | 'file'
    | 'form'
    | 'malformed'
    | 'rowsWithoutTrade'
    | 'factors'
    | 'shareCounts'
    | 'announcements'
    | 'askedTo'
  > {
  /** How many there are. */
  readonly count: number;
}

export function judgedRows(rows: SourceRows): JudgedRows {
  const { master, interval, file, form, malformed, rowsWithoutTrade, askedTo } = rows;
  const { factors, shareCounts, announcements } = rows;
  const published = { factors, shareCounts, announcements };
  return { master, interval, file, form, malformed, rowsWithoutTrade, askedTo, ...published, count: rows.times.length };
}

/** A source whose rows were read and judged, and what was known of its symbol before. */
export interface JudgedSource {
  readonly source: BarSource;
  readonly rows: JudgedRows;
  readonly inspection: Inspection;
  readonly stored: SymbolInfo | undefined;
}

/**
 * As many sources, and rows and what is said about rows, are stored together at most: more would only take memory.
 */
const mostSources = 512;
const mostRows = 200_000;

/** Sources that wait to be stored together. */
export class JudgedSources {
  #sources: JudgedSource[] = [];
  readonly #symbols = new Set<string>();
  #rows = 0;

  get isFull(): boolean {
    return this.#sources.length >= mostSources || this.#rows >= mostRows;
  }

  /** Whether one of them is of a symbol. */
  has(symbol: string): boolean {
    return this.#symbols.has(symbol);
  }

  add(judged: JudgedSource): void {
    this.#sources.push(judged);
    this.#symbols.add(judged.source.symbol);
    this.#rows += judged.rows.count + judged.inspection.entries.length;
  }

  /** All of them, after which there are none. */
  take(): readonly JudgedSource[] {
    const taken = this.#sources;
    this.#sources = [];
    this.#symbols.clear();
    this.#rows = 0;
    return taken;
  }
}
