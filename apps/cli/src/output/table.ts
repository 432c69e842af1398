import Table from 'cli-table3';
import { visible } from './format.ts';

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/**
 * A table for the terminal. Japanese text counts two columns a character, so the rows stay aligned.
 *
 * @example renderTable([{ title: 'symbol' }, { title: 'close', align: 'right' }], [['7203', '3,071']])
 */
export function renderTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: columns.map((column) => column.title),
    colAligns: columns.map((column) => column.align ?? 'left'),
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  table.push(...rows.map((row) => row.map((cell) => visible(cell))));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
