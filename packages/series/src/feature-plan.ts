import type { FeatureTarget } from './feature.ts';
import { type Address, createKernel } from './kernel.ts';
import type { Scope, Series } from './series.ts';

/** An operator, and where the numbers lie that it reads and writes. */
interface Step {
  readonly operator: Address;
  readonly first: Address;
  /** The second input; the first again where there is one. */
  readonly second: Address;
  /** True for one row per session in place of one per symbol. */
  readonly bySession: boolean;
  /** Columns of the matrix that its numbers go to, and a view of them. */
  readonly columns: readonly number[];
  readonly numbers: Float64Array;
}

/**
 * The steps that compute features, each formula once, in an order in which a step stands after those it reads. Their
 * numbers are kept, in the kernel's memory, until the last step that reads them has taken the same sessions; those of
 * features are rounded there and copied to where they belong in the matrix.
 */
export class FeaturePlan {
  readonly #kernel = createKernel();
  readonly #symbols: number;
  readonly #columns: readonly Series[];
  readonly #sourceSeries: readonly Series[];
  /** The formulas that features are computed from. */
  readonly #read: ReadonlySet<string>;
  /** The series that are computed, each after those that it is computed from, with their operators. */
  readonly #operators: ReadonlyMap<Series, Address>;
  #sessions = 0;
  #steps: readonly Step[] = [];
  /** The numbers of what comes from outside. */
  #sources: ReadonlyMap<string, Float64Array> = new Map();
  #gaps = new Float64Array(0);
  #noGaps: Address = 0;
  /** A step's numbers, rounded before they are copied into a matrix of 32 bits. */
  #rounded = new Float32Array(0);

  /**
   * @param columns the series of each feature, in the order of the matrix's columns
   * @param sources what comes from outside, whether a feature needs it or not
   */
  constructor(columns: readonly Series[], symbols: number, sources: readonly Series[]) {
    const found = new Map<string, Series>();
    for (const series of columns) collect(series, found);
    this.#read = new Set(found.keys());
    this.#symbols = symbols;
    this.#columns = columns;
    this.#sourceSeries = sources;
    this.#operators = new Map(
      found
        .values()
        .filter(({ operator }) => operator !== undefined)
        .map((series) => [series, series.operator!(this.#kernel, isBySession(series) ? 1 : symbols)]),
    );
  }

  /** Makes room for this many sessions at a time. */
  reserve(sessions: number): void {
    if (sessions <= this.#sessions) return;
    const kernel = this.#kernel;
    const rows = sessions * this.#symbols;
    const sizes = { session: sessions, symbol: rows };
    const computed = [...this.#operators.keys()];
    const places = assignPlaces(computed, this.#sourceSeries, (scope) => kernel.numbers(sizes[scope]));
    const gaps = kernel.numbers(rows);
    this.#noGaps = kernel.numbers(sessions);
    const rounded = kernel.numbers(rows);
    // The allocations so far may have moved the memory's buffer; no later one does.
    const { buffer } = kernel.memory;
    const numbersOf = ({ formula, scope }: Series) => new Float64Array(buffer, places.get(formula)!, sizes[scope]);
    this.#sources = new Map(this.#sourceSeries.map((series) => [series.formula, numbersOf(series)]));
    const columnsOf = Map.groupBy(this.#columns.keys(), (column) => this.#columns[column]!.formula);
    this.#steps = computed.map((series) => {
      const [first, second = first] = series.inputs.map(({ formula }) => places.get(formula)!);
      return {
        operator: this.#operators.get(series)!,
        first: first!,
        second: second!,
        bySession: isBySession(series),
        columns: columnsOf.get(series.formula) ?? [],
        numbers: numbersOf(series),
      };
    });
    this.#gaps = new Float64Array(buffer, gaps, rows);
    this.#rounded = new Float32Array(buffer, rounded, rows);
    this.#sessions = sessions;
  }

  reads({ formula }: Series): boolean {
    return this.#read.has(formula);
  }

  /** Returns the array for an input series, to be filled before {@link run}. */
  source({ formula }: Series): Float64Array {
    return this.#sources.get(formula)!;
  }

  /** Returns the array for gaps, to be filled before {@link run}: 0 for rows with a bar, NaN for others. */
  get gaps(): Float64Array {
    return this.#gaps;
  }

  /** Finds the gaps in rows that were put where these series have them: what is not a bar becomes NaN. */
  keepBars(count: number, bar: readonly Series[]): void {
    const [open, high, low, close, volume] = bar.map((series) => this.source(series).byteOffset);
    this.#kernel.keepBars(count, open!, high!, low!, close!, volume!, this.#gaps.byteOffset);
  }

  /**
   * Takes this many sessions and writes their features into rows `firstRow` and following of a matrix, if there is one.
   */
  run(sessions: number, matrix: FeatureTarget | undefined, firstRow: number): void {
    const kernel = this.#kernel;
    const rows = sessions * this.#symbols;
    for (const { operator, first, second, bySession, columns, numbers } of this.#steps) {
      const output = numbers.byteOffset;
      if (bySession) kernel.take(operator, sessions, 1, this.#noGaps, first, second, output);
      else kernel.take(operator, rows, this.#symbols, this.#gaps.byteOffset, first, second, output);
      if (matrix === undefined || columns.length === 0) continue;
      const computed = matrix.values instanceof Float32Array ? this.#round(numbers, rows) : numbers;
      for (const column of columns) matrix.values.set(computed.subarray(0, rows), column * matrix.rows + firstRow);
    }
  }

  /** The first of some numbers, rounded to 32 bits, until the next ones are. */
  #round(numbers: Float64Array, count: number): Float32Array {
    this.#kernel.roundRows(count, numbers.byteOffset, this.#rounded.byteOffset);
    return this.#rounded;
  }
}

/** Returns true when a series and all its inputs have one row per session. */
function isBySession(series: Series): boolean {
  return [series, ...series.inputs].every(({ scope }) => scope === 'session');
}

/** Adds a series to those found, after all that it is computed from. */
function collect(series: Series, found: Map<string, Series>): void {
  if (found.has(series.formula)) return;
  for (const input of series.inputs) collect(input, found);
  found.set(series.formula, series);
}

/**
 * Returns a place for each series. Places that no later step reads are used again, so that few are in use and stay in
 * the processor's cache.
 */
function assignPlaces(
  computed: readonly Series[],
  sources: readonly Series[],
  make: (scope: Scope) => Address,
): ReadonlyMap<string, Address> {
  const free = { session: [] as Address[], symbol: [] as Address[] };
  const places = new Map<string, Address>();
  const lastReaders = new Map(
    computed.flatMap((series) => series.inputs.map(({ formula }) => [formula, series] as const)),
  );
  for (const { formula, scope } of sources) places.set(formula, make(scope));
  for (const series of computed) {
    places.set(series.formula, free[series.scope].pop() ?? make(series.scope));
    const read = series.inputs.filter(({ formula }) => lastReaders.get(formula) === series);
    const unread = lastReaders.has(series.formula) ? [] : [series];
    // A series that is read twice, as in a square, has one place.
    const done = new Map([...read, ...unread].map((each) => [each.formula, each]));
    for (const { formula, scope, operator } of done.values()) {
      if (operator !== undefined) free[scope].push(places.get(formula)!);
    }
  }
  return places;
}
