import type { Columns } from './columns.ts';

/** Where bars of a fetch came from. */
export interface Provenance {
  /** The provider, for example `jquants`. */
  readonly source: string;
  /** When the fetch began, milliseconds since 1970 UTC. */
  readonly fetchedAt: number;
}

/** Where each bar of a symbol came from, in columns as long as those of its bars. */
export interface BarOrigins {
  readonly sources: readonly string[];
  /** Position in `sources`; -1 where it is not known. */
  readonly source: Int32Array;
  /** Milliseconds since 1970 UTC; NaN where it is not known. */
  readonly fetchedAt: Float64Array;
}

/** The bars of a file, and where each came from, which is written when it is known of any. */
export interface FileBars {
  readonly columns: Columns;
  readonly origins: BarOrigins;
}

/** Bars that were stored before origins were, or by nobody who has one. */
export function unknownOrigins(length: number): BarOrigins {
  return { sources: [], source: new Int32Array(length).fill(-1), fetchedAt: new Float64Array(length).fill(Number.NaN) };
}

export function isAnyKnown({ source }: BarOrigins): boolean {
  return source.some((position) => position >= 0);
}

/**
 * The origins of merged bars: a bar that stayed as it was keeps its own.
 *
 * @param kept of each merged bar, its position among the stored ones; -1 where it is a new or another one
 * @param incoming of the others; undefined when it is not known
 */
export function mergeOrigins(stored: BarOrigins, kept: Int32Array, incoming: Provenance | undefined): BarOrigins {
  const sources = [...stored.sources];
  if (incoming !== undefined && !sources.includes(incoming.source)) sources.push(incoming.source);
  const added = incoming === undefined ? -1 : sources.indexOf(incoming.source);
  const source = new Int32Array(kept.length).fill(added);
  const fetchedAt = new Float64Array(kept.length).fill(incoming?.fetchedAt ?? Number.NaN);
  for (let row = 0; row < kept.length; row += 1) {
    const from = kept[row]!;
    if (from < 0) continue;
    source[row] = stored.source[from]!;
    fetchedAt[row] = stored.fetchedAt[from]!;
  }
  return { sources, source, fetchedAt };
}
