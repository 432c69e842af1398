import { z } from 'zod';
import { providerAddress, wholeSetting } from './setting-types.ts';

/** J-Quants has minute bars of the last two years; a few days less, since these end with every day that begins. */
export const minuteSessionRange = { min: 0, max: 480 };

/** J-Quants, the provider of the exchange's own bars. */
export const jquantsSettings = {
  DAYTRADE_JQUANTS_API_KEY: z
    .string()
    .regex(/^[!-~]{8,512}$/, 'expected the key alone: 8 to 512 letters, digits and signs of ASCII')
    .optional()
    .meta({ description: 'API key of J-Quants, for `daytrade fetch jquants`', unit: 'secret', secret: true }),
  DAYTRADE_JQUANTS_PLAN: z.enum(['free', 'light', 'standard', 'premium']).default('free').meta({
    description: 'Plan of J-Quants: 5, 60, 120 or 500 requests a minute; the free one holds bars back for 12 weeks',
  }),
  DAYTRADE_JQUANTS_MINUTE_SESSIONS: wholeSetting(0, minuteSessionRange).meta({
    description:
      'Newest sessions whose minute bars are fetched as 5-minute bars; above 0 it needs the add-on of J-Quants',
    unit: 'sessions',
  }),
  DAYTRADE_JQUANTS_URL: providerAddress('https://api.jquants.com/v2', 'Where J-Quants is asked, API V2'),
} as const;
