import { z } from 'zod';
import { tradeDateSchema } from './primitives.ts';

/** What somebody writes who wants real orders to be sent: the account, what it may do at most, and until when. */
export const liveConfirmationSchema = z.strictObject({
  broker: z.literal('kabu-station'),
  account: z.strictObject({
    number: z.string().regex(/^\d{4,12}$/, 'expected the number of the account, 4 to 12 digits'),
    type: z.enum(['general', 'tax-withheld', 'company']).meta({ description: 'How the broker keeps it' }),
  }),
  limits: z.strictObject({
    maxPosition: z.number().positive().meta({ description: 'Yen in one symbol at most' }),
    maxExposure: z.number().positive().meta({ description: 'Yen in all symbols at most' }),
    maxSessionLoss: z.number().positive().meta({ description: 'Yen that a session may lose; then it halts' }),
    maxOrdersPerMinute: z.number().int().min(1).max(250),
    maxPriceBand: z.number().positive().max(0.5).meta({ description: 'How far from the last price, as a share' }),
    staleSeconds: z.number().int().min(5).max(300).meta({ description: 'Age of a price at most, while it is held' }),
  }),
  validUntil: tradeDateSchema.meta({ description: 'Last session for which it holds' }),
  statement: z.literal('Real orders may be sent from this account.'),
});
export type LiveConfirmation = z.infer<typeof liveConfirmationSchema>;
