import { parseSettings } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { faultsOfProvider } from './providers.ts';

it.each([
  ['stooq', 'expected one of "csv", "jquants", "kabu-station", "synthetic", "yahoo"'],
  ['csv', 'expected DAYTRADE_CSV_FOLDER as well, the folder that is read'],
  ['yahoo', 'expected DAYTRADE_YAHOO_USE="on" as well, since Yahoo Finance is an unofficial source'],
])('DAYTRADE_PROVIDER=%s is refused with what is expected', (provider, expected) => {
  const settings = { DAYTRADE_PROVIDER: provider };
  expect(() => parseSettings(settings, [], faultsOfProvider)).toThrow(`DAYTRADE_PROVIDER="${provider}": ${expected}`);
});
