/** Forecasts of one close, each narrower than the one before. */
const narrowing = [
  { horizon: 'close@08:30', lower: 970, upper: 1030, price: 1000 },
  { horizon: 'close@open', lower: 990, upper: 1040, price: 1012 },
  { horizon: 'close@10:30', lower: 1000, upper: 1030, price: 1010 },
].map((said) => ({
  symbol: '0102',
  name: '幻影重工',
  session: '2026-11-25',
  knownAt: '2026-11-25T01:30:00.000Z',
  previousSession: '2026-11-24',
  previousClose: 1000,
  centre: said.price,
  coverage: 0.93,
  priceBasis: 'traded',
  modelVersion: 'm1',
  intervalMethod: 'split',
  madeAt: '2026-11-25T01:30:02.000Z',
  late: false,
  synthetic: true,
  close: null,
  inside: null,
  ...said,
}));

export const newestForecasts = {
  session: '2026-11-25',
  horizon: 'close@10:30',
  horizons: narrowing.map((said) => said.horizon),
  predictions: narrowing.slice(-1),
  withoutForecast: [{ symbol: '0103', name: '架空商事', reason: 'no-trade-yet' }],
};

export const dayOf0102 = {
  symbol: '0102',
  name: '幻影重工',
  session: '2026-11-25',
  evening: null,
  forecasts: narrowing,
  prices: [
    { at: '2026-11-25T00:00:00.000Z', price: 1012 },
    { at: '2026-11-25T01:30:00.000Z', price: 1010 },
  ],
  close: null,
};

/** What a paper book has after two sessions, one of them with a loss. */
export const traded = {
  equity: 9_988_000,
  costs: 4321,
  maxDrawdown: 0.0111,
  curve: [
    { session: '2026-11-20', equity: 10_100_000 },
    { session: '2026-11-24', equity: 9_988_000 },
  ],
  positions: [{ symbol: '0102', shares: 1300, price: 3025, mark: 3010.5, profit: -18_850 }],
  sessions: [{ session: '2026-11-25', orders: 2, why: null, refused: { 'short-sale rule': 3 } }],
};

export const tradedOrders = [
  { state: 'accepted', reason: null, filled: 0, filledAt: null },
  { state: 'expired', reason: 'the rest found nobody by the close', filled: 300, filledAt: 3024.5 },
].map((said, place) => ({
  key: `2026-11-25/pre-open/0102/${place}`,
  session: '2026-11-25',
  symbol: '0102',
  side: 'buy',
  shares: 1300,
  type: 'limit',
  time: 'open',
  price: 3025,
  stopLoss: 2990,
  takeProfit: null,
  closes: true,
  at: `2026-11-24T23:46:0${place}.000Z`,
  ...said,
}));
