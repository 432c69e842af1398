import { describe, expect, it } from 'vitest';
import { renderTable } from './table.ts';

describe('renderTable', () => {
  it('keeps columns aligned where Japanese characters take two cells', () => {
    const table = renderTable(
      [{ title: 'symbol' }, { title: 'name' }, { title: 'close', align: 'right' }],
      [
        ['7203', 'トヨタ自動車', '3,071'],
        ['0101', 'Kakū', '98.5'],
      ],
    );
    const lines = table.split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.map(cells)).toEqual([27, 27, 27]);
    expect(lines[2]).toBe('0101    Kakū           98.5');
  });

  it('leaves no blanks at the ends of lines and draws no border', () => {
    const table = renderTable(
      [{ title: 'a' }, { title: 'b' }],
      [
        ['1', ''],
        ['22', 'x'],
      ],
    );
    expect(table.split('\n')).toEqual(['a   b', '1', '22  x']);
  });

  it('shows the heads alone when there are no rows', () => {
    expect(renderTable([{ title: 'a' }, { title: 'b' }], [])).toBe('a  b');
  });
});

/** Cells of a terminal: two for a Japanese character. */
function cells(line: string): number {
  return Array.from(line).reduce((sum, character) => sum + (/[\u3000-\u9fff]/.test(character) ? 2 : 1), 0);
}
