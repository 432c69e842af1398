import { z } from 'zod';
import { providerAddress } from './setting-types.ts';

/** The chart of Yahoo Finance, an unofficial source. */
export const yahooSettings = {
  DAYTRADE_YAHOO_USE: z
    .enum(['off', 'on'])
    .default('off')
    .meta({
      description:
        'Whether bars may be asked of Yahoo Finance, an unofficial interface: on says that you have looked whether ' +
        'you may use its data, and that this is your responsibility',
    }),
  DAYTRADE_YAHOO_URL: providerAddress('https://query1.finance.yahoo.com', 'Where Yahoo Finance is asked'),
} as const;
