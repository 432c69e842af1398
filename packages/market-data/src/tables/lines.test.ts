import { describe, expect, it } from 'vitest';
import { csvFields, csvLines, csvRow, lineAt } from './lines.ts';

describe('the lines of a text', () => {
  it.each<[string, readonly (readonly [number, string, number])[]]>([
    ['', []],
    ['a', [[1, 'a', 0]]],
    ['a\n', [[1, 'a', 0]]],
    [
      'a\nb',
      [
        [1, 'a', 0],
        [2, 'b', 2],
      ],
    ],
    [
      'a\r\nb\r\n',
      [
        [1, 'a', 0],
        [2, 'b', 3],
      ],
    ],
    ['a\rb\n', [[1, 'a\rb', 0]]],
    [
      '\n \r\na\n\n\nb',
      [
        [3, 'a', 4],
        [6, 'b', 8],
      ],
    ],
    ['\nab\n', [[2, 'ab', 1]]],
  ])('%j are %j, without blank ones', (text, expected) => {
    const lines = [...csvLines(text)];
    expect(lines.map(({ line, text: content, start }) => [line, content, start])).toEqual(expected);
    for (const { text: content, start } of lines) expect(lineAt(text, start).text).toBe(content);
  });

  it('go on from a line', () => {
    expect([...csvLines('a\nb\nc', { line: 7, start: 2 })]).toEqual([
      { line: 7, text: 'b', start: 2 },
      { line: 8, text: 'c', start: 4 },
    ]);
    expect(lineAt('\r\nx', 0)).toEqual({ text: '', next: 2 });
    expect(lineAt('\nx', 0)).toEqual({ text: '', next: 1 });
    expect(lineAt('a\n\nx', 2)).toEqual({ text: '', next: 3 });
    expect(lineAt('x\r', 0)).toEqual({ text: 'x', next: 3 });
  });
});

it.each([
  ['a,b', ',', ['a', 'b']],
  ['', ',', ['']],
  [',', ',', ['', '']],
  ['"a,b",c', ',', ['a,b', 'c']],
  ['"a""b",""', ',', ['a"b', '']],
  ['"a;b";c,d', ';', ['a;b', 'c,d']],
  ['a\t"b\tc"', '\t', ['a', 'b\tc']],
  ['"""a"""', ',', ['"a"']],
] as const)('the fields of %j between %j are %j', (line, separator, fields) => {
  expect(csvFields(line, separator)).toEqual(fields);
});

it.each([
  [['a', 1.5, true, null], 'a,1.5,true,'],
  [['a,b', 'c"d', 'e\nf', 'g\rh', 'i;j'], '"a,b","c""d","e\nf","g\rh",i;j'],
  [[''], ''],
])('the row of %j is %j', (values, row) => {
  expect(csvRow(values)).toBe(row);
});
