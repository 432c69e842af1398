import { parseTradeDate } from '@daytrade/market';
import { describeProvider, fetchedAt } from '../../testing/provider.suite.ts';
import { SyntheticProvider } from './synthetic.ts';

const range = { from: parseTradeDate('2024-10-01'), to: parseTradeDate('2025-05-30') };

describeProvider('the synthetic exchange', async (sinks) => {
  const intraday = { sessions: 5, until: Date.parse(fetchedAt), stored: sinks.storedIntraday };
  return new SyntheticProvider({ seed: 7, symbols: 5, ...range, intraday });
});
