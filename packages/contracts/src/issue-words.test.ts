import { describe, expect, it } from 'vitest';
import { quoted } from './issue-words.ts';

describe('a value in a message', () => {
  it.each([
    ['soon', '"soon"'],
    [7, '7'],
    [[1, { a: [null] }], '[1,{"a":[null]}]'],
    [undefined, 'undefined'],
  ])('%# is shown as JSON', (value, text) => {
    expect(quoted(value)).toBe(text);
  });

  it('is cut where it is long, and says so', () => {
    for (const long of ['x'.repeat(81), Array(60).fill(0), Object.fromEntries(Array(50).fill(0).entries())]) {
      expect(quoted(long)).toMatch(/^.{77}\.\.\.$/);
    }
  });
});
