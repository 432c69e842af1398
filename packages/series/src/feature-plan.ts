import type { Feature } from './feature.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { Operator, Rows } from './operator.ts';
import type { Series } from './series.ts';

/** An operator between the places of its numbers. */
interface Step {
  readonly operator: Operator;
  readonly inputs: readonly number[];
  /** The numbers at those places. */
  readonly numbers: Float64Array[];
  readonly output: number;
  /** Whether it has one row a session, not one a symbol. */
  readonly bySession: boolean;
}

/**
 * The steps that compute features, each formula once, in an order in which a step stands after those it reads. What is no feature
 * is kept for the sessions being taken only; a feature is written where it belongs in the matrix.
 */
export class FeaturePlan {
  readonly #symbols: number;
  readonly #series: readonly Series[];
  /** Where each formula stands in that list. */
  readonly #places: ReadonlyMap<string, number>;
  readonly #steps: readonly Step[];
  /** The place of each feature's numbers, in the order of the columns. */
  readonly #columns: readonly number[];
  /** The numbers of each series at the sessions being taken. */
  readonly #numbers: Float64Array[] = [];
  #everySession = new Uint8Array(0);

  constructor(features: readonly Feature[], symbols: number) {
    const found = new Map<string, Series>();
    for (const { series } of features) collect(series, found);
    this.#symbols = symbols;
    this.#series = [...found.values()];
    this.#places = new Map([...found.keys()].map((formula, place) => [formula, place]));
    this.#columns = features.map(({ series }) => this.#placeOf(series));
    this.#steps = this.#series.flatMap((series) => {
      if (series.operator === undefined) return [];
      const bySession = [series, ...series.inputs].every(({ scope }) => scope === 'session');
      const operator = series.operator(bySession ? 1 : symbols);
      const inputs = series.inputs.map((input) => this.#placeOf(input));
      return [{ operator, inputs, numbers: [], output: this.#placeOf(series), bySession }];
    });
  }

  /** Makes room for so many sessions at a time. */
  reserve(sessions: number): void {
    if (sessions <= this.#everySession.length) return;
    this.#everySession = new Uint8Array(sessions).fill(1);
    for (const [place, { scope }] of this.#series.entries()) {
      this.#numbers[place] = new Float64Array(scope === 'session' ? sessions : sessions * this.#symbols);
    }
  }

  /** Where the numbers of a series that comes from outside have to be put, before {@link run}. */
  source(series: Series): Float64Array {
    return this.#numbers[this.#placeOf(series)]!;
  }

  /**
   * Takes so many sessions and writes their features into rows `firstRow` and following of a matrix.
   *
   * @param present 1 in the rows of the sessions that have a bar
   */
  run(sessions: number, present: Uint8Array, { rows, values }: FeatureMatrix, firstRow: number): void {
    const numbers = this.#numbers;
    const count = sessions * this.#symbols;
    for (const [column, place] of this.#columns.entries()) {
      const from = column * rows + firstRow;
      numbers[place] = values.subarray(from, from + count);
    }
    const bySymbol: Rows = { count, width: this.#symbols, present };
    const bySession: Rows = { count: sessions, width: 1, present: this.#everySession };
    for (const { operator, inputs, numbers: taken, output, bySession: single } of this.#steps) {
      for (let i = 0; i < inputs.length; i += 1) taken[i] = numbers[inputs[i]!]!;
      operator.apply(single ? bySession : bySymbol, taken, numbers[output]!);
    }
  }

  #placeOf({ formula }: Series): number {
    return this.#places.get(formula)!;
  }
}

/** Adds a series to those found, after all that it is computed from. */
function collect(series: Series, found: Map<string, Series>): void {
  if (found.has(series.formula)) return;
  for (const input of series.inputs) collect(input, found);
  found.set(series.formula, series);
}
