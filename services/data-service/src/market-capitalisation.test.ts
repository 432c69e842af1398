import { selectionSchema } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { jquantsStandIn, withSplit } from '@daytrade/market-data/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { apiKey, startWithJQuants } from './data-service.fixture.ts';

const from = parseTradeDate('2025-01-06');
const report = (code: string, date: string, shares: number) => ({
  Code: code,
  DiscDate: date,
  CurPerEn: '2025-03-31',
  ShOutFY: String(shares),
  TrShFY: '0',
});
const change = withSplit('01010', '2025-05-15', 0.2);
const reports = [report('01010', '2025-05-09', 1e9), report('01020', '2025-05-12', 2e9)];
const answers = jquantsStandIn({ symbols: 3, from, to: '2025-05-30', apiKey, change, reports });
const running = await startWithJQuants('2025-06-01T07:30:00Z', answers);
afterAll(() => running.close());
await running.fetchBars({ provider: 'jquants', from, symbols: ['0101', '0102', '0103'] });

/** Market capitalisation over the last stored close, by symbol. */
async function sharesAsOf(asOf: string) {
  const { symbols, rejected } = selectionSchema.parse((await running.get(`/v1/symbols/selection?asOf=${asOf}`)).body);
  expect(symbols.length + rejected.length).toBe(3);
  const found = symbols.map(async ({ symbol, components }) => {
    const { body } = await running.get(`/v1/bars/${symbol}?from=${asOf}&to=${asOf}`);
    const { bars } = body as { readonly bars: readonly { readonly close: number }[] };
    const yen = components.marketCapitalisation.value;
    return [symbol, yen === null ? null : Math.round(yen / bars[0]!.close)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

describe('the market capitalisation of a selection', () => {
  it('is made of the shares that were reported by the day, and of the splits since', async () => {
    // The stored closes are adjusted for the split, also those of the day before it.
    expect(await sharesAsOf('2025-05-30')).toMatchObject({ '0101': 5e9, '0102': 2e9 });
    expect(await sharesAsOf('2025-05-13')).toMatchObject({ '0101': 5e9, '0102': 2e9 });
    expect(await sharesAsOf('2025-05-09')).toMatchObject({ '0101': 5e9, '0102': null });
    const split = { date: '2025-05-15', kind: 'split', value: 0.2, knownOn: '2025-05-15', source: 'jquants' };
    expect((await running.get('/v1/symbols/0101.T/factors')).body).toMatchObject({ symbol: '0101', factors: [split] });
  });
});
