import { parseSettings } from '@daytrade/contracts';
import { providers } from '@daytrade/market-data';
import { describe, expect, it } from 'vitest';
import { fetchRequest as requestWith } from './fetch-request.ts';

const fetchRequest = (provider: string | undefined, options: object, settings = {}) =>
  requestWith(provider, { ...options }, parseSettings(settings));

const fetched = providers.map(({ name }) => JSON.stringify(name));

describe('daytrade fetch', () => {
  it('asks for the synthetic exchange as before', () => {
    expect(fetchRequest('synthetic', {})).toEqual({
      provider: 'synthetic',
      symbols: 40,
      seed: 20_241_105,
      fiveMinuteSessions: 120,
    });
    const options = { count: '60', seed: '7', fiveMinuteSessions: '0', from: '2023-01-04' };
    expect(fetchRequest('synthetic', options)).toEqual({
      provider: 'synthetic',
      symbols: 60,
      seed: 7,
      fiveMinuteSessions: 0,
      from: '2023-01-04',
    });
  });

  it('asks J-Quants for codes, or for a universe', () => {
    const options = { symbols: '7203, 67580,9984.T', basis: 'traded', minuteSessions: '120' };
    expect(fetchRequest('jquants', options)).toEqual({
      provider: 'jquants',
      symbols: ['7203', '67580', '9984.T'],
      priceBasis: 'traded',
      minuteSessions: 120,
    });
    expect(fetchRequest('jquants', { universe: 'topix100', to: '2025-05-30' })).toEqual({
      provider: 'jquants',
      universe: 'topix100',
      to: '2025-05-30',
    });
  });

  it('asks the provider of the settings for their universe, where none is named', () => {
    const universe = { DAYTRADE_PROVIDER: 'jquants', DAYTRADE_UNIVERSE: 'topix100' };
    expect(fetchRequest(undefined, {}, universe)).toEqual({ provider: 'jquants', universe: 'topix100' });
    expect(fetchRequest('jquants', { symbols: '7203' }, universe)).toEqual({ provider: 'jquants', symbols: ['7203'] });
    const codes = { DAYTRADE_UNIVERSE: '7203,6758' };
    expect(fetchRequest('jquants', {}, codes)).toEqual({ provider: 'jquants', symbols: ['7203', '6758'] });
    const files = { DAYTRADE_PROVIDER: 'csv', DAYTRADE_CSV_FOLDER: '/bars' };
    expect(fetchRequest(undefined, {}, files)).toEqual({ provider: 'csv', folder: '/bars' });
  });

  it('makes no synthetic bars where no provider is named or set', () => {
    expect(() => fetchRequest(undefined, {})).toThrow('no provider is set; run daytrade setup');
  });

  it.each([
    ['stooq', {}, `provider: expected ${fetched.join(' or ')}, got "stooq"`],
    ['jquants', { unofficial: true }, '--unofficial: expected it with the provider "yahoo" only, not with "jquants"'],
    ['toString', {}, 'provider: expected'],
    ['jquants', { count: '40' }, '--count: expected it with the provider "synthetic" only, not with "jquants"'],
    ['jquants', { fiveMinuteSessions: '5' }, '--five-minute-sessions: expected it with the provider "synthetic" only'],
    ['synthetic', { fiveMinuteSessions: '300' }, '--five-minute-sessions: expected a whole number from 0 to 250'],
    ['csv', { from: '2025-01-06' }, '--from: expected it with the provider "jquants" or "synthetic" or "yahoo" only'],
    ['csv', {}, 'DAYTRADE_CSV_FOLDER: expected the folder that is read'],
    ['synthetic', { symbols: '7203' }, '--symbols: expected it with the provider "jquants" or "yahoo" only'],
    ['jquants', { symbols: '7203,nonsense' }, 'expected a code as 7203, 72030 or 7203.T'],
    ['jquants', { universe: 'nikkei225' }, 'universe'],
    ['jquants', { basis: 'fully-adjusted' }, 'priceBasis'],
    ['jquants', { symbols: '7203', universe: 'topix100' }, 'expected either "symbols" or "universe"'],
  ])('refuses %s %j', (provider, options, message) => {
    expect(() => fetchRequest(provider, options)).toThrow(message);
  });
});
