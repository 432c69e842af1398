import { calendarEnd, calendarStart, type TradeDate } from '@daytrade/market';
import type { z } from 'zod';
import { tradeDateSchema } from './primitives.ts';

/** A day that somebody asks for: one that the exchange calendar knows. */
export const calendarDateSchema = tradeDateSchema
  .refine((date) => date >= calendarStart && date <= calendarEnd, {
    message: `expected a day from ${calendarStart} to ${calendarEnd}`,
    abort: true,
  })
  .meta({ description: `A day in Japan, YYYY-MM-DD, from ${calendarStart} to ${calendarEnd}`, example: '2026-11-24' });

/** The fields of a request for the days `from` to `to`, either of which may be left out. */
export const calendarRange = { from: calendarDateSchema.optional(), to: calendarDateSchema.optional() } as const;

/** Both ends of a range of days, as far as they are given. */
interface Range {
  readonly from?: TradeDate | undefined;
  readonly to?: TradeDate | undefined;
}

/** Refines a schema that has the fields of {@link calendarRange}: the range does not end before it begins. */
export function beginsBeforeItEnds({ from, to }: Range, context: z.core.$RefinementCtx<Range>): void {
  if (from === undefined || to === undefined || from <= to) return;
  context.addIssue({ code: 'custom', path: ['from'], message: `expected a day that is not after "to", ${to}` });
}
