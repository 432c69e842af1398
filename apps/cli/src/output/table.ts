import Table from 'cli-table3';
import { say } from '../language/language.ts';
import { count, visible } from './format.ts';

/** A number is shown with thousands separators, null and undefined as a dash. */
type Cell = string | number | null | undefined;
type LeftColumn<Row> = (row: Row) => Cell;
interface RightColumn<Row> {
  readonly right: LeftColumn<Row>;
}
/** Columns by their titles. */
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

function shown(cell: Cell): string {
  return typeof cell === 'number' ? count(cell) : (cell ?? '–');
}

const borders = `top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid
  mid-mid right right-mid middle`;
const borderless = Object.fromEntries(borders.split(/\s+/).map((name) => [name, '']));
