import { z } from 'zod';

/** The code of the Tokyo Stock Exchange at the broker. */
export const tokyo = 1;

const number = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);
/** Milliseconds since 1970 UTC; the broker writes 2025-06-02T09:00:03+09:00. */
const instant = z.iso
  .datetime({ offset: true })
  .nullish()
  .transform((text) => (text ? Date.parse(text) : 0));

/**
 * Fields for bars in a message of the stream, and in a reply of `/board`: prices and volume of the session up to its
 * last trade (https://kabucom.github.io/kabusapi/ptal/push.html). Before the first trade they are null, here 0.
 */
export const messageSchema = z.object({
  Symbol: z.string(),
  Exchange: number,
  CurrentPrice: number,
  CurrentPriceTime: instant,
  OpeningPrice: number,
  OpeningPriceTime: instant,
  HighPrice: number,
  HighPriceTime: instant,
  LowPrice: number,
  LowPriceTime: instant,
  TradingVolume: number,
});
export type Message = z.infer<typeof messageSchema>;
