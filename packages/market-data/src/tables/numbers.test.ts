import { expect, it } from 'vitest';
import { parseNumber } from './numbers.ts';

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
