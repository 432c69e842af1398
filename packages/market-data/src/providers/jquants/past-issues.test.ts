import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { PastIssues } from './issues.ts';
import type { ListingRecord } from './listing-record.ts';
import { serveJQuants } from './serve-jquants.fixture.ts';

const symbol = parseSymbol('0103');
const [listedOn, last] = [parseTradeDate('2020-03-02'), parseTradeDate('2020-03-31')];

async function lookUp(status: number) {
  const message = 'Your subscription covers the following dates: 2020-03-10 ~ .';
  const { client } = await serveJQuants(() => ({ status, body: JSON.stringify({ message }) }));
  const record = { endOf: async () => ({ last, listedOn }) } as unknown as ListingRecord;
  const missing = { symbol, ranges: [{ from: parseTradeDate('2020-03-10'), to: last }], storedFrom: undefined };
  return await new PastIssues(client, record).lookUp(missing, undefined);
}

it('a list that the plan has no more refuses the symbol that it is read for alone, another failure all', async () => {
  expect(await lookUp(400)).toBeUndefined();
  await expect(lookUp(403)).rejects.toMatchObject({ code: 'data.provider-forbidden' });
});
