import type { FeatureTarget } from './feature.ts';
import { type Address, createKernel } from './kernel.ts';
import { PlanPlaces, type StepPlaces, type SymbolBlock, symbolBlocks } from './plan-places.ts';
import type { Series } from './series.ts';

/** An operator for each block, and where the numbers lie that it reads and writes. */
interface Step {
  readonly operators: readonly Address[];
  readonly places: StepPlaces;
  readonly first: Address;
  /** The second input; the first again where there is one. */
  readonly second: Address;
  /** True for one row per session in place of one per symbol. */
  readonly bySession: boolean;
  /** Columns of the matrix that its numbers go to, and a view of them. */
  readonly columns: readonly number[];
  readonly numbers: Float64Array;
}

/** Steps that each block takes, one after the other, before the next block. */
interface BlockSteps {
  readonly blocks: readonly SymbolBlock[];
  /** Address of the gaps of a block. */
  readonly gaps: Address;
  readonly steps: readonly Step[];
}

/**
 * The steps that compute features, each formula once, in an order in which a step stands after those it reads. Their
 * numbers are kept, in the kernel's memory, until the last step that reads them has taken the same sessions; those of
 * features are rounded there and copied to where they belong in the matrix.
 *
 * Many symbols are taken in blocks, so that what operators remember of a block is read from the processor's cache
 * through all sessions of a run. Steps that need all symbols of a session wait for the blocks.
 */
export class FeaturePlan {
  readonly #kernel = createKernel();
  readonly #symbols: number;
  readonly #blocks: readonly SymbolBlock[];
  readonly #columns: readonly Series[];
  readonly #sourceSeries: readonly Series[];
  /** The formulas that features are computed from. */
  readonly #read: ReadonlySet<string>;
  readonly #stages: readonly Stage[];
  /** An operator of each block. */
  readonly #operators: ReadonlyMap<Series, readonly Address[]>;
  #sessions = 0;
  #steps: readonly BlockSteps[] = [];
  /** The numbers of what comes from outside. */
  #sources: ReadonlyMap<string, Float64Array> = new Map();
  #gaps = new Float64Array(0);
  #noGaps: Address = 0;
  /** Address at which a step's numbers are rounded before they are copied into a matrix of 32 bits. */
  #rounded = new Float32Array(0);

  /**
   * @param columns the series of each feature, in the order of the matrix's columns
   * @param sources what comes from outside, whether a feature needs it or not
   * @param symbolsAtOnce the most symbols of a block; any number gives the same values
   */
  constructor(columns: readonly Series[], symbols: number, sources: readonly Series[], symbolsAtOnce: number) {
    const found = new Map<string, Series>();
    for (const series of columns) collect(series, found);
    this.#read = new Set(found.keys());
    for (const series of sources) collect(series, found);
    this.#symbols = symbols;
    this.#blocks = symbolBlocks(symbols, symbolsAtOnce);
    this.#columns = columns;
    this.#sourceSeries = sources;
    this.#stages = stagesOf(found.values(), this.#blocks.length > 1);
    this.#operators = new Map(
      this.#stages.flatMap((stage) =>
        stage.series.map((series) => {
          const blocks = this.#blocksOf(stage);
          const make = ({ width }: SymbolBlock) => series.operator!(this.#kernel, isBySession(series) ? 1 : width);
          return [series, blocks.map(make)] as const;
        }),
      ),
    );
  }

  /** Makes room for this many sessions at a time. */
  reserve(sessions: number): void {
    if (sessions <= this.#sessions) return;
    const kernel = this.#kernel;
    const rows = sessions * this.#symbols;
    const blockRows = sessions * this.#blocks[0]!.width;
    const sizes = { session: sessions, symbol: rows, block: blockRows };
    const places = new PlanPlaces(kernel, sizes, this.#sourceSeries);
    const stages = places.stages(this.#stages);
    const gaps = kernel.numbers(rows);
    const blockGaps = kernel.numbers(blockRows);
    this.#noGaps = kernel.numbers(sessions);
    const rounded = kernel.numbers(rows);
    // The allocations so far may have moved the memory's buffer; no later one does.
    const { buffer } = kernel.memory;
    this.#sources = new Map(
      this.#sourceSeries.map((series) => {
        const numbers = new Float64Array(buffer, places.source(series), sizes[series.scope]);
        return [series.formula, numbers];
      }),
    );
    const columnsOf = Map.groupBy(this.#columns.keys(), (column) => this.#columns[column]!.formula);
    this.#steps = this.#stages.map((stage, i) => ({
      blocks: this.#blocksOf(stage),
      gaps: stage.isWhole ? gaps : blockGaps,
      steps: stages[i]!.map((places) => {
        const { series, inputs, output } = places;
        const [first, second = first] = inputs;
        const count = stage.isWhole ? sizes[series.scope] : blockRows;
        return {
          operators: this.#operators.get(series)!,
          places,
          first: first!,
          second: second!,
          bySession: isBySession(series),
          columns: columnsOf.get(series.formula) ?? [],
          numbers: new Float64Array(buffer, output, count),
        };
      }),
    }));
    this.#gaps = new Float64Array(buffer, gaps, rows);
    this.#rounded = new Float32Array(buffer, rounded, rows);
    this.#sessions = sessions;
  }

  /** Returns true when a feature is computed from a series. */
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
  run(sessions: number, matrix: FeatureTarget | undefined, firstRow: number): void {
    for (const stage of this.#steps) {
      for (const index of stage.blocks.keys()) this.#runBlock(stage, index, sessions, matrix, firstRow);
    }
  }

  #runBlock(
    { blocks, gaps, steps }: BlockSteps,
    index: number,
    sessions: number,
    matrix: FeatureTarget | undefined,
    firstRow: number,
  ): void {
    const kernel = this.#kernel;
    const { first: symbol, width } = blocks[index]!;
    const all = this.#symbols;
    const offset = symbol * Float64Array.BYTES_PER_ELEMENT;
    if (width < all) kernel.copyRows(sessions, width, this.#gaps.byteOffset + offset, all, gaps, width);
    for (const { operators, places, first, second, bySession, columns, numbers } of steps) {
      const { copiesIn, output, copyOut } = places;
      const operator = operators[index]!;
      for (const { from, to } of copiesIn) kernel.copyRows(sessions, width, from + offset, all, to, width);
      if (bySession) kernel.take(operator, sessions, 1, this.#noGaps, first, second, output);
      else kernel.take(operator, sessions * width, width, gaps, first, second, output);
      if (copyOut !== undefined) kernel.copyRows(sessions, width, output, width, copyOut + offset, all);
      if (matrix === undefined || columns.length === 0) continue;
      const computed = matrix.values instanceof Float32Array ? this.#round(numbers, sessions * width) : numbers;
      for (const column of columns) {
        const start = column * matrix.rows + firstRow + symbol;
        // Sessions lie behind each other where a block is all there is.
        const [stretches, length] = width === all ? [1, sessions * all] : [sessions, width];
        for (let k = 0; k < stretches; k += 1) {
          matrix.values.set(computed.subarray(k * length, (k + 1) * length), start + k * all);
        }
      }
    }
  }

  /** The first of some numbers, rounded to 32 bits, until the next ones are. */
  #round(numbers: Float64Array, count: number): Float32Array {
    this.#kernel.roundRows(count, numbers.byteOffset, this.#rounded.byteOffset);
    return this.#rounded;
  }

  /** The blocks that a stage takes. */
  #blocksOf({ isWhole }: Stage): readonly SymbolBlock[] {
    return isWhole ? [{ first: 0, width: this.#symbols }] : this.#blocks;
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

/** Steps that run one after the other over the same symbols. */
export interface Stage {
  /** True when each step takes all symbols at once; otherwise it takes a block at a time. */
  readonly isWhole: boolean;
  /** Each after those that it is computed from. */
  readonly series: readonly Series[];
}

/**
 * The series that have an operator, in as few stages as there can be: what needs all symbols of a session waits for
 * all blocks.
 *
 * @param series each after those that it is computed from
 * @param inBlocks whether symbols are taken in several blocks; else one stage takes all of them
 */
function stagesOf(series: Iterable<Series>, inBlocks: boolean): readonly Stage[] {
  const isWhole = ({ scope, isAcross }: Series) => !inBlocks || scope === 'session' || isAcross;
  // Stages of even numbers are whole ones; what comes from outside is there at the first.
  const numbers = new Map<string, number>();
  const stages: Series[][] = [];
  for (const each of series) {
    const after = Math.max(0, ...each.inputs.map(({ formula }) => numbers.get(formula)!));
    const stage = each.operator === undefined ? 0 : after + (isWhole(each) === (after % 2 === 0) ? 0 : 1);
    numbers.set(each.formula, stage);
    if (each.operator === undefined) continue;
    while (stages.length <= stage) stages.push([]);
    stages[stage]!.push(each);
  }
  return stages.map((series, stage) => ({ isWhole: stage % 2 === 0, series }));
}
