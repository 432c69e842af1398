import { DayTradeError } from '@daytrade/errors';
import {
  binMatrix,
  defaultTreeOptions,
  type Matrix,
  type OwnFile,
  type OwnModel,
  predict,
  trainRidge,
  trainTrees,
} from '@daytrade/learners';
import { isSame } from '@daytrade/series';
import type { Targeted } from './member-target.ts';

export type { Matrix as MemberRows, OwnFile } from '@daytrade/learners';

/** A member in a file of the user's. Its text goes into the model, which predicts by what it was trained with. */
export interface OwnMember extends OwnFile, Targeted {
  readonly kind: 'own';
  /** The features that it looks at; default all of them. */
  readonly columns?: readonly string[];
}

/** Runs own members, each call in a process of its own. */
export interface OwnMembers {
  /** Returns what the file learned, as bytes. */
  train(file: OwnFile, rows: Matrix, target: Float64Array, seed: number): Uint8Array;
  predict(model: OwnModel, rows: Matrix): Float64Array;
}

/** The learners of the platform, for a member in a file. */
const tools = { trainTrees, trainRidge, predict, binMatrix, defaultTreeOptions };

/** Description and functions of a member in a file. Feature `f` of row `r` is `values[f * rows + r]`. */
export interface MemberDefinition<State> extends Targeted {
  readonly summary: string;
  readonly columns?: readonly string[];
  /** Learns from finished sessions alone. The state is plain data, with typed arrays anywhere in it. */
  readonly train: (rows: Matrix, target: Float64Array, options: { readonly seed: number }) => State;
  /** Returns a finite number for each row, which no other row may change. */
  readonly predict: (state: State, rows: Matrix) => ArrayLike<number>;
}

/** Default export of a member's file. The name of the member is that of the file. */
export type MemberFile<State = unknown> = (given: typeof tools) => MemberDefinition<State>;

/**
 * Makes a member of the default export of a file.
 *
 * @throws DayTradeError `input.invalid` with what is wrong
 */
export function memberOfFile(name: string, exported: unknown): MemberDefinition<unknown> {
  const made = (typeof exported === 'function' ? exported(tools) : undefined) as MemberDefinition<unknown> | undefined;
  const functions = [made?.train, made?.predict];
  if (typeof made?.summary !== 'string' || !functions.every((one) => typeof one === 'function')) {
    throw wrong(name, 'a default export: a function that returns summary, train and predict; see docs/strategies.md');
  }
  if (![undefined, 'rank', 'scaled-rank', 'market'].includes(made.target)) {
    throw wrong(name, `target: one of rank, scaled-rank and market, got ${made.target}`);
  }
  return made;
}

/** Rows of a prediction that are asked for alone too. */
const probes = 10;

/**
 * Predicts rows by a member. Some are predicted alone too: forecasts of other sessions, later ones among them, may not
 * matter.
 *
 * @throws DayTradeError `training.looks-ahead` where a row alone has another prediction; `input.invalid` for
 *   predictions that are not finite numbers, one a row
 */
export function predictOwn(
  name: string,
  member: MemberDefinition<unknown>,
  state: unknown,
  rows: Matrix,
): Float64Array {
  const predicted = predictionsOf(name, member, state, rows);
  const step = Math.max(1, Math.floor(rows.rows / probes));
  for (let row = 0; row < rows.rows; row += step) {
    const [alone] = predictionsOf(name, member, state, rowsOf(rows, Int32Array.of(row)));
    if (isSame(alone!, predicted[row]!)) continue;
    const message = `predict says ${alone} of row ${row} alone, and ${predicted[row]} of it among ${rows.rows} rows`;
    throw new DayTradeError('training.looks-ahead', `members/${name}.ts: ${message}`, { details: { row } });
  }
  return predicted;
}

function predictionsOf(name: string, member: MemberDefinition<unknown>, state: unknown, rows: Matrix): Float64Array {
  const predicted = member.predict(state, rows) as ArrayLike<unknown> | undefined;
  const expected = `predict: a finite number for each of the ${rows.rows} rows, got`;
  if (predicted?.length !== rows.rows) throw wrong(name, `${expected} ${predicted?.length ?? typeof predicted}`);
  return Float64Array.from(predicted, (value, row) => {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw wrong(name, `${expected} ${String(value)} for row ${row}`);
  });
}

/** Copies some rows of a matrix, and of its columns these. */
export function rowsOf(matrix: Matrix, rows: Int32Array, columns: readonly string[] = matrix.names): Matrix {
  const values = new Float32Array(rows.length * columns.length);
  for (const [f, name] of columns.entries()) {
    const column = matrix.names.indexOf(name) * matrix.rows;
    for (let i = 0; i < rows.length; i += 1) values[f * rows.length + i] = matrix.values[column + rows[i]!]!;
  }
  return { names: columns, rows: rows.length, values };
}

function wrong(name: string, expected: string): DayTradeError {
  return new DayTradeError('input.invalid', `members/${name}.ts: expected ${expected}`);
}
