import type { PaperSettings } from '@daytrade/contracts';

/** Settings of a book in cash, without costs and with limits that no test reaches. */
export const freeBook: PaperSettings = {
  strategy: 'always-long',
  parameters: {},
  account: 'cash',
  cash: 10_000_000,
  commission: 'none',
  spreadTicks: 0,
  impact: 0,
  participation: 0.01,
  maxPosition: 1e9,
  maxExposure: 1e9,
  maxSessionLoss: 1e9,
  synthetic: false,
  strategyHash: null,
};
