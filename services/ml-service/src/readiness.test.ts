import { DayTradeError } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { databaseOrKeptAnswers } from './app.ts';

const lost = () => Promise.reject(new DayTradeError('service.unavailable', 'the database is away'));
const silent = () => new Promise<never>(() => undefined);

describe('the readiness of the ML service', () => {
  it('asks for the database while there is nothing kept', async () => {
    const kept = { complete: false };
    await databaseOrKeptAnswers({ stores: { schema: async () => ({ needed: 2, found: 2 }) } }, kept).check();
    await expect(databaseOrKeptAnswers({ stores: { schema: lost } }, kept).check()).rejects.toThrow('is away');
  });

  it('does not wait for a database that refuses or does not answer while there are answers', {
    timeout: 1_000,
  }, async () => {
    const kept = { complete: true };
    for (const schema of [lost, silent]) await databaseOrKeptAnswers({ stores: { schema } }, kept).check();
  });
});
