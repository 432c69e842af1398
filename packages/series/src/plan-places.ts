import type { Stage } from './feature-plan.ts';
import type { Address, Kernel } from './kernel.ts';
import type { Series } from './series.ts';

/** Symbols that stand side by side. */
export interface SymbolBlock {
  readonly first: number;
  readonly width: number;
}

/**
 * Blocks of at most `atOnce` symbols, an even number, and about as wide as each other. All but the last are even, since
 * operators take two symbols at a time.
 */
export function symbolBlocks(symbols: number, atOnce: number): readonly SymbolBlock[] {
  const even = (width: number) => Math.max(2, 2 * Math.ceil(width / 2));
  const width = even(symbols / Math.ceil(Math.max(1, symbols) / atOnce));
  return Array.from({ length: Math.max(1, Math.ceil(symbols / width)) }, (_, block) => {
    const first = block * width;
    return { first, width: Math.min(width, symbols - first) };
  });
}

/** The size of a place: one symbol, all symbols, or a block of symbols. */
interface PlaceSizes {
  readonly session: number;
  readonly symbol: number;
  readonly block: number;
}

/** The places that a step reads and writes. */
export interface StepPlaces {
  readonly series: Series;
  /** Copies from places of all symbols to those of a block, before the step. */
  readonly copiesIn: readonly { readonly from: Address; readonly to: Address }[];
  readonly inputs: readonly Address[];
  readonly output: Address;
  /** The place among all symbols to which its numbers are also copied, for a later stage. */
  readonly copyOut: Address | undefined;
}

/**
 * Assigns a place to each series. Places that no later step reads are reused, so that few are in use and stay cached. A
 * block overwrites the previous one. Numbers that a later stage reads, and inputs, lie in places of all symbols.
 */
export class PlanPlaces {
  readonly #kernel: Kernel;
  readonly #sizes: PlaceSizes;
  readonly #free = { session: [] as Address[], symbol: [] as Address[], block: [] as Address[] };
  /** Places of all symbols, or of a session. */
  readonly #whole = new Map<string, Address>();

  constructor(kernel: Kernel, sizes: PlaceSizes, sources: readonly Series[]) {
    this.#kernel = kernel;
    this.#sizes = sizes;
    for (const { formula, scope } of sources) this.#whole.set(formula, this.#take(scope));
  }

  /** The places of the inputs. */
  source({ formula }: Series): Address {
    return this.#whole.get(formula)!;
  }

  /** The places of the steps of each stage. */
  stages(stages: readonly Stage[]): readonly (readonly StepPlaces[])[] {
    const lastReader = lastReaders(stages.flatMap(({ series }) => series));
    return stages.map((stage) => {
      if (stage.isWhole) return this.#wholeStage(stage, lastReader);
      const others = stages.filter((other) => other !== stage).flatMap(({ series }) => series);
      return this.#blockStage(stage, lastReader, lastReaders(others));
    });
  }

  #wholeStage(stage: Stage, lastReader: ReadonlyMap<string, Series>): readonly StepPlaces[] {
    return stage.series.map((series) => {
      const inputs = series.inputs.map(({ formula }) => this.#whole.get(formula)!);
      const output = this.#take(series.scope);
      this.#whole.set(series.formula, output);
      this.#leave(series, lastReader);
      return { series, copiesIn: [], inputs, output, copyOut: undefined };
    });
  }

  #blockStage(
    stage: Stage,
    lastReader: ReadonlyMap<string, Series>,
    readElsewhere: ReadonlyMap<string, Series>,
  ): readonly StepPlaces[] {
    const lastInStage = lastReaders(stage.series);
    const own = new Map<string, Address>();
    return stage.series.map((series) => {
      const copiesIn = [];
      for (const { formula, scope } of series.inputs) {
        if (scope === 'session' || own.has(formula)) continue;
        const to = this.#take('block');
        own.set(formula, to);
        copiesIn.push({ from: this.#whole.get(formula)!, to });
      }
      const inputs = series.inputs.map(({ formula }) => own.get(formula) ?? this.#whole.get(formula)!);
      const output = this.#take('block');
      own.set(series.formula, output);
      const copyOut = readElsewhere.has(series.formula) ? this.#take('symbol') : undefined;
      if (copyOut !== undefined) this.#whole.set(series.formula, copyOut);
      for (const { formula } of done(series, lastInStage)) {
        if (own.has(formula)) this.#free.block.push(own.get(formula)!);
      }
      // A block has its own rows of a place: those of the others stay until they have read them.
      this.#leave(series, lastReader);
      return { series, copiesIn, inputs, output, copyOut };
    });
  }

  /** Frees the places, of all symbols or of a session, that no step after this one reads. */
  #leave(series: Series, lastReader: ReadonlyMap<string, Series>): void {
    for (const { formula, scope, operator } of done(series, lastReader)) {
      const place = this.#whole.get(formula);
      if (operator !== undefined && place !== undefined) this.#free[scope].push(place);
    }
  }

  #take(size: keyof PlaceSizes): Address {
    return this.#free[size].pop() ?? this.#kernel.numbers(this.#sizes[size]);
  }
}

/** The last of some series that reads each. */
function lastReaders(some: readonly Series[]): ReadonlyMap<string, Series> {
  return new Map(some.flatMap((series) => series.inputs.map(({ formula }) => [formula, series] as const)));
}

/** Returns the series that no later one reads: some of its inputs, and itself when unused. Each formula once. */
function done(series: Series, lastReader: ReadonlyMap<string, Series>): Iterable<Series> {
  const some = series.inputs.filter(({ formula }) => lastReader.get(formula) === series);
  if (!lastReader.has(series.formula)) some.push(series);
  return new Map(some.map((each) => [each.formula, each])).values();
}
