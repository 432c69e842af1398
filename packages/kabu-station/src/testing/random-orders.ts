import type { AskedOrder, LiveConfirmation, PaperSettings } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import type { PricePath } from './price-path.ts';

/** Of the paper book that decided; a live session takes nothing of it but what it shows. */
export const paperSettings: PaperSettings = {
  strategy: 'gap-fade',
  parameters: {},
  account: 'day-margin',
  cash: 10_000_000,
  commission: 'none',
  spreadTicks: 1,
  impact: 1,
  participation: 0.01,
  maxPosition: 2_000_000,
  maxExposure: 10_000_000,
  maxSessionLoss: 300_000,
  synthetic: false,
};

/** Orders at random of all kinds, some of them beyond any limit. */
export function randomOrders(paths: ReadonlyMap<string, PricePath>, random: () => number): readonly AskedOrder[] {
  return Array.from({ length: Math.floor(9 * random()) }, (): AskedOrder => {
    const symbols = [...paths.keys()];
    const symbol = symbols[Math.floor(random() * symbols.length)]!;
    const { base } = paths.get(symbol)!;
    const side = random() < 0.5 ? 'buy' : 'sell';
    const type = random() < 0.5 ? 'market' : random() < 0.5 ? 'limit' : 'stop';
    const away = (share: number) => Math.max(1, Math.round(base * (1 + share * (2 * random() - 1))));
    const sign = side === 'buy' ? 1 : -1;
    return {
      symbol,
      side,
      shares: 100 * (1 + Math.floor(6 * random())),
      type,
      time: type === 'stop' ? 'day' : type === 'market' || random() < 0.5 ? 'open' : 'day',
      price: type === 'market' ? null : away(0.06),
      stopLoss: random() < 0.4 ? Math.round(base * (1 - sign * 0.02)) : null,
      takeProfit: random() < 0.3 ? Math.round(base * (1 + sign * 0.02)) : null,
      closes: true,
    };
  });
}

/** Limits at random, some of them narrow. */
export function randomConfirmation(random: () => number): LiveConfirmation {
  return {
    broker: 'kabu-station',
    account: { number: '12345678', type: 'tax-withheld' },
    limits: {
      maxPosition: 300_000 + 1_200_000 * random(),
      maxExposure: 600_000 + 3_000_000 * random(),
      maxSessionLoss: 15_000 + 60_000 * random(),
      maxOrdersPerMinute: 3 + Math.floor(20 * random()),
      maxPriceBand: 0.05,
      staleSeconds: 30,
    },
    validUntil: '2026-12-30' as TradeDate,
    statement: 'Real orders may be sent from this account.',
  };
}
