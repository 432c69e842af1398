import Table from 'cli-table3';
import stringWidth from 'string-width';
import { say } from '../language/language.ts';
import { count, visible } from './format.ts';

/** A number is shown with thousands separators, null and undefined as a dash. */
type Cell = string | number | null | undefined;
type LeftColumn<Row> = (row: Row) => Cell;
interface RightColumn<Row> {
  readonly right: LeftColumn<Row>;
}
export type Columns<Row> = Readonly<Record<string, LeftColumn<Row> | RightColumn<Row>>>;

/** Aligns a column to the right, as numbers are. */
export function right<Row>(cell: LeftColumn<Row>): RightColumn<Row> {
  return { right: cell };
}

/**
 * Returns a table for the terminal. A Japanese character counts as two columns, so the rows stay aligned.
 *
 * @param whenEmpty text in place of a table without rows
 * @example table(symbols, { symbol: ({ symbol }) => symbol, bars: right(({ bars }) => bars) })
 */
export function table<Row>(rows: readonly Row[], columns: Columns<NoInfer<Row>>, whenEmpty?: string): string {
  if (rows.length === 0 && whenEmpty !== undefined) return whenEmpty;
  const all = Object.values(columns);
  const drawn = new Table({
    head: Object.keys(columns).map((title) => say(title)),
    colAligns: all.map((column) => ('right' in column ? 'right' : 'left')),
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  const cells = all.map((column) => ('right' in column ? column.right : column));
  drawn.push(...rows.map((row) => cells.map((cell) => visible(shown(cell(row))))));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/**
 * Returns a line for each label and value; those without a value are left out. The label is said, after the blanks
 * before it, and the values are aligned.
 *
 * @param column at which values begin at least
 * @example facts([['  rows read', '12'], ['  bars', '3']]) // '  rows read  12\n  bars       3'
 */
export function facts(
  all: readonly (readonly [label: string, value: string | null | undefined])[],
  column = 0,
): string {
  const lines = all.flatMap(([label, value]) =>
    value === undefined || value === null ? [] : [{ said: label.replace(/\S.*/, (words) => say(words)), value }],
  );
  const width = Math.max(column, ...lines.map(({ said }) => stringWidth(said) + 2));
  return lines.map(({ said, value }) => `${said}${' '.repeat(width - stringWidth(said))}${value}`).join('\n');
}

function shown(cell: Cell): string {
  return typeof cell === 'number' ? count(cell) : (cell ?? '–');
}

const borders = `top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid
  mid-mid right right-mid middle`;
const borderless = Object.fromEntries(borders.split(/\s+/).map((name) => [name, '']));
