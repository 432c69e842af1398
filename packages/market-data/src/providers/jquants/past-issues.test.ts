import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { expect, it, onTestFinished } from 'vitest';
import { startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { TokenBucket } from '../network/token-bucket.ts';
import { JQuantsClient } from './client.ts';
import { PastIssues } from './issues.ts';
import type { ListingRecord } from './listing-record.ts';

const symbol = parseSymbol('0103');
const [listedOn, last] = [parseTradeDate('2020-03-02'), parseTradeDate('2020-03-31')];

async function lookUp(status: number) {
  const message = 'Your subscription covers the following dates: 2020-03-10 ~ .';
  const server = await startReplayServer(() => ({ status, body: JSON.stringify({ message }) }));
  onTestFinished(() => server.close());
  const clock = new SimulatedClock('2025-03-10T12:00:00Z');
  const client = new JQuantsClient({
    baseUrl: server.url,
    apiKey: () => Promise.resolve('a key'),
    bucket: new TokenBucket(60, clock),
    now: clock.now,
    timeoutMilliseconds: 4_000,
  });
  const record = { endOf: async () => ({ last, listedOn }) } as unknown as ListingRecord;
  const missing = { symbol, ranges: [{ from: parseTradeDate('2020-03-10'), to: last }], storedFrom: undefined };
  return await new PastIssues(client, record).lookUp(missing, undefined);
}

it('a list that the plan has no more refuses the symbol that it is read for alone, another failure all', async () => {
  expect(await lookUp(400)).toBeUndefined();
  await expect(lookUp(403)).rejects.toMatchObject({ code: 'data.provider-forbidden' });
});
