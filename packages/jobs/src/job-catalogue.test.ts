import { expect, it } from 'vitest';
import { jobCatalogue } from './job-catalogue.ts';

// What an operator plans with: how long a run may take, how often and after how many seconds it is tried again, and
// beside which runs it waits.
it.each([
  ['fetch', 14_400, 3, 10, 'bars'],
  ['data-update', 1_800, 2, 10, 'bars'],
  ['market-preparation', 1_800, 2, 10, 'bars'],
  ['training', 7_200, 3, 60, 'models'],
  ['evaluation', 14_400, 2, 30, 'models'],
  ['audit', 43_200, 1, 30, 'models'],
  ['backtest', 7_200, 1, 30, 'models'],
  ['paper-session', 900, 3, 10, 'predictions'],
  ['retention', 1_800, 2, 60, 'models'],
  ['backup', 14_400, 2, 60, 'backups'],
  ['restore-drill', 14_400, 1, 60, 'backups'],
  ['report', 300, 3, 10, 'predictions'],
  ['prediction', 300, 3, 5, 'predictions'],
])('a run of %s takes at most %i s, is tried %i times, after %i s, and waits for others of %s', (name, ...expected) => {
  const { timeoutSeconds, maxAttempts, backoffSeconds, concurrencyGroup } = jobCatalogue[name as 'fetch'];
  expect([timeoutSeconds, maxAttempts, backoffSeconds, concurrencyGroup]).toEqual(expected);
});

it('the catalogue has the jobs of that table alone, each under its own name', () => {
  expect(Object.values(jobCatalogue).map(({ name }) => name)).toEqual(Object.keys(jobCatalogue));
  expect(Object.keys(jobCatalogue)).toHaveLength(13);
});
