import type { Bar } from '../harness/result.ts';

/** The bars of forecasts within the day, as they were set before anything was measured; in percent and milliseconds. */
export const intradayBars = {
  night: { sense: 'at least', must: 2.5, aim: 6 },
  open: { sense: 'at least', must: 25, aim: 30 },
  withinDay: { sense: 'at least', must: 8, aim: 15 },
  eachTime: { sense: 'at least', must: 8 },
  regression: { sense: 'at least', must: -1 },
  lowestCoverage: { sense: 'at least', must: 91 },
  highestCoverage: { sense: 'at most', must: 95 },
  gapCoverage: { sense: 'at least', must: 90, aim: 91 },
  forecastTime: { sense: 'at most', must: 150, aim: 50 },
} as const satisfies Record<string, Bar>;
