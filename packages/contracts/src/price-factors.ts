import { z } from 'zod';
import { barParametersSchema } from './data.ts';
import { tradeDateSchema } from './primitives.ts';

/** What changes the prices of a share without a trade, on the day from which on it does. */
const priceFactorSchema = z.object({
  date: tradeDateSchema.meta({ description: 'The first session of the new prices: the ex-day' }),
  kind: z.enum(['split', 'dividend']).meta({ description: 'A reverse split is a split with a value above 1' }),
  value: z.number().meta({
    description:
      'Of a split: what prices before the day are multiplied by, 0.2 for five shares in the place of ' +
      'one. Of a dividend: yen a share',
  }),
  knownOn: tradeDateSchema.meta({
    description: 'The day on which the source published it; a dividend has an entry for each revision',
  }),
  source: z.string().meta({ description: 'The provider that it came from' }),
});
export type PriceFactor = z.infer<typeof priceFactorSchema>;

export const priceFactorListSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  factors: z
    .array(priceFactorSchema)
    .meta({ description: 'Oldest first, what was known first before what came later' }),
});
export type PriceFactorList = z.infer<typeof priceFactorListSchema>;

export const priceFactorParametersSchema = barParametersSchema;
