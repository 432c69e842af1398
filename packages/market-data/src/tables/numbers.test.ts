import { expect, it } from 'vitest';
import { isNoValue, numberFault, parseNumber, parseVolume } from './numbers.ts';

it('reads decimals to the last bit as the language does', () => {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 5_000; round += 1) {
    const text = (random() * 10 ** Math.floor(12 * random())).toFixed(Math.floor(9 * random()));
    expect(parseNumber(text, ',')).toBe(Number(text));
  }
});

it.each([
  '0',
  '007',
  '.5',
  '5.',
  '123456789012345',
  '1234567890123456789',
  '0.1234567890123456789',
  '1e5',
  '-3.5',
  ' 7 ',
  '-0',
  '+7',
  '0000000000000000001.5',
  '999999999999999.9',
])('reads %j', (text) => expect(parseNumber(text, ',')).toBe(Number(text)));

it.each(['', '.', '1.2.3', '1_000', '0x10', 'NaN', 'Infinity', '--', '1e400', '9'.repeat(400), '٣', '１２'])(
  'takes %j for no number',
  (text) => {
    expect(parseNumber(text, ',')).toBeNaN();
  },
);

it.each([
  ['1,234', ',', 1_234],
  ['1,234', '\t', 1_234],
  ['1,234', ';', NaN],
  ['-12,345', ';', NaN],
  ['1,234.5', ';', 1_234.5],
  ['1,234,567', ';', 1_234_567],
  ['+1,234', ',', 1_234],
  ['1234,567', ',', NaN],
  ['12,34', ',', NaN],
  ['1,5', ';', NaN],
] as const)('reads %j between %j as %d', (text, separator, value) => {
  expect(parseNumber(text, separator)).toBe(value);
});

it.each([
  ['278.70K', 278_700],
  ['1.5m', 1_500_000],
  ['2B', 2e9],
  [' 3k ', 3_000],
  ['0.0004K', 0],
  ['1.0006K', 1_001],
  ['100', 100],
  ['1,234.5', 1_234.5],
  ['K', NaN],
  ['', NaN],
  ['5T', NaN],
])('reads the volume %j as %d', (text, value) => {
  expect(parseVolume(text, ',')).toBe(value);
});

it.each([
  ...['', ' ', '-', ' - ', '--', '－', '―', '—', 'null'].map((text) => [text, true] as const),
  ...['0', '9', ' 0', '.', '/', ':', 'x', '-1', 'NULL'].map((text) => [text, false] as const),
])('the field %j stands for no value: %s', (text, expected) => {
  expect(isNoValue(text)).toBe(expected);
});

it.each([
  ['x', ',', 'close: expected a number, got "x"'],
  ['1,5', ';', 'close: expected a number, got "1,5"; write a decimal point in place of the comma'],
  ['1,234', ',', 'close: expected a number, got "1,234"; write a decimal point in place of the comma'],
  ['1,234', ';', 'close: "1,234" between semicolons can be read as 1234 or 1.234; write it without the comma'],
  ['y'.repeat(50), ',', `close: expected a number, got "${'y'.repeat(40)}"`],
] as const)('says of %j between %j what is wrong', (text, separator, message) => {
  expect(numberFault('close', text, separator)).toBe(message);
});
