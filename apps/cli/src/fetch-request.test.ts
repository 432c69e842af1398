import { providers } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { fetchRequest } from './fetch-request.ts';

const fetched = Object.entries(providers).flatMap(([name, { command }]) => (command === 'fetch' ? [`"${name}"`] : []));

describe('daytrade fetch', () => {
  it('asks for the synthetic exchange as before', () => {
    expect(fetchRequest('synthetic', {})).toEqual({ provider: 'synthetic', symbols: 40, seed: 20_241_105 });
    expect(fetchRequest('synthetic', { count: '60', seed: '7', from: '2023-01-04' })).toEqual({
      provider: 'synthetic',
      symbols: 60,
      seed: 7,
      from: '2023-01-04',
    });
  });

  it('asks J-Quants for codes, or for a universe', () => {
    expect(fetchRequest('jquants', { symbols: '7203, 67580,9984.T', basis: 'traded' })).toEqual({
      provider: 'jquants',
      symbols: ['7203', '67580', '9984.T'],
      priceBasis: 'traded',
    });
    expect(fetchRequest('jquants', { universe: 'topix100', to: '2025-05-30' })).toEqual({
      provider: 'jquants',
      universe: 'topix100',
      to: '2025-05-30',
    });
  });

  it.each([
    ['yahoo', {}, `provider: expected ${fetched.join(' or ')}, got "yahoo"`],
    ['toString', {}, 'provider: expected'],
    ['jquants', { count: '40' }, '--count: expected it with the provider "synthetic" only'],
    ['synthetic', { symbols: '7203' }, '--symbols: expected it with the provider "jquants" only'],
    ['jquants', { symbols: '7203,nonsense' }, 'expected a code as 7203, 72030 or 7203.T'],
    ['jquants', { universe: 'nikkei225' }, 'universe'],
    ['jquants', { basis: 'fully-adjusted' }, 'priceBasis'],
    ['jquants', { symbols: '7203', universe: 'topix100' }, 'expected either "symbols" or "universe"'],
  ])('refuses %s %j', (provider, options, message) => {
    expect(() => fetchRequest(provider, options)).toThrow(message);
  });
});
