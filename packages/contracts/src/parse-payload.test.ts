import { describe, expect, it } from 'vitest';
import { isDeeperThan } from './parse-payload.ts';

describe('isDeeperThan', () => {
  it('counts arrays and objects within each other', () => {
    const value = { rows: [{ values: [1, null, 'word'] }] };
    expect(isDeeperThan(4, value)).toBe(false);
    expect(isDeeperThan(3, value)).toBe(true);
  });

  it('counts one that holds nothing, and looks at each branch', () => {
    expect(isDeeperThan(2, [1, {}, { a: [] }])).toBe(true);
    expect(isDeeperThan(3, [1, {}, { a: [] }])).toBe(false);
  });

  it.each([null, undefined, 7, 'word'])('%o has no level', (value) => {
    expect(isDeeperThan(0, value)).toBe(false);
  });
});
