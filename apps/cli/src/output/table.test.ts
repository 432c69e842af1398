import { expect, it } from 'vitest';
import { facts, right, table } from './table.ts';

it('keeps columns aligned where Japanese characters take two cells', () => {
  const rows = [
    { symbol: '7203', name: 'トヨタ自動車', close: 3071 },
    { symbol: '0101', name: 'Kakū', close: null },
  ];
  const drawn = table(rows, {
    symbol: ({ symbol }) => symbol,
    name: ({ name }) => name,
    close: right(({ close }) => close),
  });
  const lines = drawn.split('\n');
  expect(lines.map(cells)).toEqual([27, 27, 27]);
  expect(lines[1]).toMatch(/3,071$/);
  expect(lines[2]).toBe('0101    Kakū              –');
});

it('draws no border and no blanks at the ends of lines, and the heads alone without rows', () => {
  const columns = { a: ([a]: readonly string[]) => a, b: ([, b]: readonly string[]) => b };
  expect(
    table(
      [
        ['1', ''],
        ['22', 'x'],
      ],
      columns,
    ).split('\n'),
  ).toEqual(['a   b', '1', '22  x']);
  expect(table([], columns)).toBe('a  b');
});

/** Cells of a terminal: two for a Japanese character. */
function cells(line: string): number {
  return Array.from(line).reduce((sum, character) => sum + (/[\u3000-\u9fff]/.test(character) ? 2 : 1), 0);
}

it('aligns the values of facts, and leaves out facts without a value', () => {
  const all = facts([
    ['Coverage', '93 %'],
    ['  rolling 60', undefined],
    ['  rolling 250', '92 %'],
    ['', 'of 3'],
  ]);
  expect(all).toBe('Coverage       93 %\n  rolling 250  92 %\n               of 3');
  expect(facts([['bars', '3']], 10)).toBe('bars      3');
});

it('shows a text in the place of a table without rows, and what steers a terminal as signs', () => {
  const columns = { name: ({ name }: { readonly name: string }) => name };
  expect(table([], columns, 'There is none.')).toBe('There is none.');
  expect(table([{ name: 'a' }], columns, 'There is none.')).toBe('name\na');
  expect(table([{ name: 'a\u001bb' }], columns)).toBe('name\na\\x1bb');
});

it('shows numbers with separators, and nothing as a dash', () => {
  const rows = [{ value: 1_234_567 }, { value: 0 }, { value: null }, { value: undefined }];
  expect(table(rows, { value: right(({ value }) => value) }).split('\n')).toEqual([
    '    value',
    '1,234,567',
    '        0',
    '        –',
    '        –',
  ]);
});

it('begins the values of facts two cells after the longest label, or at the column that is wider', () => {
  expect(facts([['a', '1']], 3)).toBe('a  1');
  expect(facts([['a', '1']], 4)).toBe('a   1');
  expect(facts([['abcd', '1']], 4)).toBe('abcd  1');
  expect(facts([['a', null]])).toBe('');
});
