import type { BarInterval } from '@daytrade/contracts';

/** The intervals of which bars are kept. */
export const barIntervals = ['1d', '5m'] as const satisfies readonly BarInterval[];
