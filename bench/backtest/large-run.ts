import { limitColumns, type Panel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { simulate, usualCosts, withoutLimits } from '@daytrade/trading';
import { cpuTimed } from '../harness/own-costs.ts';
import { cross } from './peer-rules.ts';

/** Size of the noise to simulate. */
export interface LargeRun {
  readonly symbols: number;
  readonly sessions: number;
}

/** Processor seconds without the making of noise, and memory with it. */
export interface LargeRunFigures {
  readonly bars: number;
  readonly seconds: number;
  readonly peakGigabytes: number;
}

const { symbols, sessions } = JSON.parse(process.argv[2] ?? '{}') as LargeRun;
const noise = noisePanel({ symbolCount: symbols, sessionCount: sessions, seed: 1 });
const panel: Panel = { ...noise, symbols: noise.symbols.map((symbol) => ({ ...symbol, priceBasis: 'traded' })) };
const decide = cross(10, 30);
const costs = { costs: usualCosts('margin'), limits: withoutLimits, rules: true, participation: 0.01 };
const settings = { account: 'margin', cash: 1e11, ...costs } as const;
const { cpuSeconds: seconds } = cpuTimed(() => {
  const data = { panel, limits: limitColumns(panel) };
  simulate({ data, decideAt: () => decide, settings, from: 0, to: sessions });
});
const peakGigabytes = process.resourceUsage().maxRSS / 1e6;
console.log(JSON.stringify({ bars: panel.close.length, seconds, peakGigabytes } satisfies LargeRunFigures));
