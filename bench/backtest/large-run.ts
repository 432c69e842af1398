import { limitColumns, noisePanel, type Panel } from '@daytrade/series';
import { simulate, usualCosts, withoutLimits } from '@daytrade/trading';
import { cross } from './peer-rules.ts';
import { processorSeconds } from './processor-seconds.ts';

/** How many bars of noise a program simulates. */
export interface LargeRun {
  readonly symbols: number;
  readonly sessions: number;
}

/** What it took: seconds of the processor without making the noise, and memory with it. */
export interface LargeRunFigures {
  readonly bars: number;
  readonly seconds: number;
  readonly peakGigabytes: number;
}

const { symbols, sessions } = JSON.parse(process.argv[2] ?? '{}') as LargeRun;
const noise = noisePanel({ symbolCount: symbols, sessionCount: sessions, seed: 1 });
const panel: Panel = {
  ...noise,
  symbols: noise.symbols.map((symbol) => ({ ...symbol, priceBasis: 'traded' })),
};
const decide = cross(10, 30);
const settings = {
  account: 'margin',
  cash: 1e11,
  costs: usualCosts,
  limits: withoutLimits,
  rules: true,
  participation: 0.01,
} as const;
const seconds = processorSeconds(() => {
  const data = { panel, limits: limitColumns(panel) };
  simulate({ data, decideAt: () => decide, settings, from: 0, to: sessions });
}, 1);
const figures: LargeRunFigures = {
  bars: panel.close.length,
  seconds,
  peakGigabytes: process.resourceUsage().maxRSS / 1e6,
};
console.log(JSON.stringify(figures));
