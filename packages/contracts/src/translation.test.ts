import { expect, it } from 'vitest';
import { filled, patternSource, translator } from './translation.ts';

it.each([
  ['of {promise}', {}, 'of 93 %'],
  ['{sessions:session}', { sessions: 1 }, '1 session'],
  ['{sessions:session}', { sessions: '1' }, '1 session'],
  ['{sessions:session} and {days:day}', { sessions: 0, days: 2 }, '0 sessions and 2 days'],
  ['{name}, {name}', { name: '$&' }, '$&, $&'],
])('%s with %j is “%s”', (text, values, expected) => {
  expect(filled(text, values)).toBe(expected);
});

it('a sentence is translated with its values, and theirs where the catalogue has them', () => {
  const translate = translator({ Monday: '月曜日', 'every {0} at {1}': '{1}、毎週{0}', 'cost: {0} (yen)?': '{0}円' });
  expect(translate('every Monday at 09:00')).toBe('09:00、毎週月曜日');
  expect(translate('every day\nat noon at 12:00')).toBe('12:00、毎週day\nat noon');
  expect(translate('cost: 5 (yen)?')).toBe('5円');
  expect([translate('every Monday'), translate('on Monday'), translate('')]).toEqual([undefined, undefined, undefined]);
  expect(patternSource('a.b {0}')).toBe(String.raw`a\.b (.*?)`);
});
