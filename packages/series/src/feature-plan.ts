import type { FeatureMatrix } from './feature-matrix.ts';
import { type Address, createKernel } from './kernel.ts';
import type { Series } from './series.ts';

/** An operator, and where the numbers lie that it reads and writes. */
interface Step {
  readonly operator: Address;
  readonly first: Address;
  /** The second input; the first again where there is one. */
  readonly second: Address;
  readonly output: Address;
  /** Whether it has one row per session, not one per symbol. */
  readonly bySession: boolean;
  /** Columns of the matrix that its numbers go to, and a view of them. */
  readonly columns: readonly number[];
  readonly numbers: Float64Array;
}

/**
 * The steps that compute features, each formula once, in an order in which a step stands after those it reads. Their
 * numbers are kept, in the kernel's memory, until the last step that reads them has taken the same sessions; those of
 * features are copied to where they belong in the matrix.
 */
export class FeaturePlan {
  readonly #kernel = createKernel();
  readonly #symbols: number;
  readonly #columns: readonly Series[];
  readonly #sourceSeries: readonly Series[];
  /** The formulas that features are computed from. */
  readonly #read: ReadonlySet<string>;
  /** Each formula once, after those that it is computed from. */
  readonly #series: ReadonlyMap<string, Series>;
  readonly #operators: ReadonlyMap<Series, Address>;
  #sessions = 0;
  #steps: readonly Step[] = [];
  /** The numbers of what comes from outside. */
  #sources: ReadonlyMap<string, Float64Array> = new Map();
  #gaps = new Float64Array(0);
  #noGaps: Address = 0;

  /**
   * @param columns the series of each feature, in the order of the matrix's columns
   * @param sources what comes from outside, whether a feature needs it or not
   */
  constructor(columns: readonly Series[], symbols: number, sources: readonly Series[]) {
    const found = new Map<string, Series>();
    for (const series of columns) collect(series, found);
    this.#read = new Set(found.keys());
    for (const series of sources) collect(series, found);
    this.#symbols = symbols;
    this.#columns = columns;
    this.#sourceSeries = sources;
    this.#series = found;
    this.#operators = new Map(
      found.values().flatMap((series) => {
        const operator = series.operator?.(this.#kernel, isBySession(series) ? 1 : symbols);
        return operator === undefined ? [] : [[series, operator]];
      }),
    );
  }

  /** Makes room for this many sessions at a time. */
  reserve(sessions: number): void {
    if (sessions <= this.#sessions) return;
    const kernel = this.#kernel;
    const addresses = this.#place(sessions);
    const rows = sessions * this.#symbols;
    const gaps = kernel.numbers(rows);
    this.#noGaps = kernel.numbers(sessions);
    // What was made so far may have moved the memory's buffer; from here on nothing does.
    const { buffer } = kernel.memory;
    const view = ({ formula, scope }: Series) =>
      new Float64Array(buffer, addresses.get(formula), scope === 'session' ? sessions : rows);
    this.#sources = new Map(this.#sourceSeries.map((series) => [series.formula, view(series)]));
    const columnsOf = Map.groupBy(this.#columns.keys(), (column) => this.#columns[column]!.formula);
    this.#steps = Array.from(this.#operators, ([series, operator]) => {
      const [first, second = first] = series.inputs.map(({ formula }) => addresses.get(formula)!);
      const columns = columnsOf.get(series.formula) ?? [];
      const output = addresses.get(series.formula)!;
      const bySession = isBySession(series);
      return { operator, first: first!, second: second!, output, bySession, columns, numbers: view(series) };
    });
    this.#gaps = new Float64Array(buffer, gaps, rows);
    this.#sessions = sessions;
  }

  /**
   * Where the numbers of each formula go: where others lay that no later step reads, so that few places are in use and
   * stay cached.
   */
  #place(sessions: number): ReadonlyMap<string, Address> {
    const lastReader = new Map<string, Series>();
    for (const series of this.#series.values())
      for (const { formula } of series.inputs) lastReader.set(formula, series);
    const addresses = new Map<string, Address>();
    const free = { session: [] as Address[], symbol: [] as Address[] };
    const counts = { session: sessions, symbol: sessions * this.#symbols };
    for (const series of this.#series.values()) {
      const { formula, scope, inputs, operator } = series;
      const spare = operator === undefined ? undefined : free[scope].pop();
      addresses.set(formula, spare ?? this.#kernel.numbers(counts[scope]));
      const done = new Set(inputs.filter((input) => lastReader.get(input.formula) === series));
      if (!lastReader.has(formula)) done.add(series);
      for (const { formula, scope, operator } of done) {
        if (operator !== undefined) free[scope].push(addresses.get(formula)!);
      }
    }
    return addresses;
  }

  /** Whether a feature is computed from a series. */
  reads({ formula }: Series): boolean {
    return this.#read.has(formula);
  }

  /** Where the numbers of a series that comes from outside have to be put, before {@link run}. */
  source({ formula }: Series): Float64Array {
    return this.#sources.get(formula)!;
  }

  /** Where 0 has to be put for the rows that have a bar and NaN for the others, before {@link run}. */
  get gaps(): Float64Array {
    return this.#gaps;
  }

  /**
   * Finds the gaps in rows that were put where these series have them: what is not a bar becomes NaN.
   *
   * @param bar open, high, low, close and volume
   */
  keepBars(count: number, bar: readonly Series[]): void {
    const [open, high, low, close, volume] = bar.map((series) => this.source(series).byteOffset);
    this.#kernel.keepBars(count, open!, high!, low!, close!, volume!, this.#gaps.byteOffset);
  }

  /**
   * Takes this many sessions and writes their features into rows `firstRow` and following of a matrix, if there is one.
   */
  run(sessions: number, matrix: FeatureMatrix | undefined, firstRow: number): void {
    const kernel = this.#kernel;
    const width = this.#symbols;
    const count = sessions * width;
    const gaps = this.#gaps.byteOffset;
    for (const { operator, first, second, output, bySession, columns, numbers } of this.#steps) {
      if (bySession) kernel.take(operator, sessions, 1, this.#noGaps, first, second, output);
      else kernel.take(operator, count, width, gaps, first, second, output);
      if (matrix === undefined) continue;
      for (const column of columns) {
        matrix.values.set(numbers.subarray(0, count), column * matrix.rows + firstRow);
      }
    }
  }
}

/** Whether a series and all that it is computed from have one row per session. */
function isBySession(series: Series): boolean {
  return [series, ...series.inputs].every(({ scope }) => scope === 'session');
}

/** Adds a series to those found, after all that it is computed from. */
function collect(series: Series, found: Map<string, Series>): void {
  if (found.has(series.formula)) return;
  for (const input of series.inputs) collect(input, found);
  found.set(series.formula, series);
}
