import { describe, expect, it } from 'vitest';
import { formatHash, parseRoute, viewNames } from './route.ts';

describe('the address', () => {
  it.each(viewNames)('of %s leads back to it', (view) => {
    expect(parseRoute(formatHash(view))).toEqual({ view, argument: null });
    expect(parseRoute(formatHash(view, '285A'))).toEqual({ view, argument: '285A' });
  });

  it('without a known view is that of the first one', () => {
    for (const hash of ['', '#', '#/', '#/nowhere/7203', '#today%'])
      expect(parseRoute(hash)).toEqual({ view: 'today', argument: null });
  });

  it('survives what is not an address at all', () => {
    expect(parseRoute('#/symbol/%E0%A4%A')).toEqual({ view: 'symbol', argument: '%E0%A4%A' });
  });
});
