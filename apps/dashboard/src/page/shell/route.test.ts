import { describe, expect, it } from 'vitest';
import { hashOf, parseRoute, viewNames } from './route.ts';

describe('the address', () => {
  it.each(viewNames)('of %s leads back to it', (view) => {
    expect(parseRoute(hashOf(view))).toEqual({ view, argument: null });
    expect(parseRoute(hashOf(view, '285A'))).toEqual({ view, argument: '285A' });
  });

  it('without a view is that of the first one', () => {
    for (const hash of ['', '#', '#/']) expect(parseRoute(hash)).toEqual({ view: 'today', argument: null });
  });

  it('of a view that does not exist names it', () => {
    expect(parseRoute('#/nowhere/7203')).toEqual({ view: null, argument: 'nowhere' });
    expect(parseRoute('#today%')).toEqual({ view: null, argument: 'today%' });
  });

  it('survives what is not an address at all', () => {
    expect(parseRoute('#/symbol/%E0%A4%A')).toEqual({ view: 'symbol', argument: '%E0%A4%A' });
  });
});
