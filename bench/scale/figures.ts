import type { CommandCosts } from '../harness/command-costs.ts';
import { type Comparison, compare } from '../harness/result.ts';
import { mostMegabytes, scaleBars } from './scale-bars.ts';

/** Peak memory of a command, in percent of what it may take: that of the run which took most. */
export function compareMemory(name: string, runs: readonly Pick<CommandCosts, 'peakMegabytes'>[]): Comparison {
  const peak = Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes));
  return compare({
    name: `peak memory of ${name}`,
    unit: `of ${mostMegabytes} MB`,
    figure: (100 * peak) / mostMegabytes,
    kind: 'share',
    bar: scaleBars.memory,
    note: `${Math.round(peak).toLocaleString('en')} MB, the whole process of the command; the most of ${runs.length}`,
  });
}

/** How much longer it takes with all symbols than with half of them. */
export function compareTwice(name: string, whole: number, half: number): Comparison {
  return compare({
    name: `${name}, beside half of the symbols`,
    unit: 'CPU s',
    ours: whole,
    peer: { name: 'half of the symbols', value: half },
    figure: whole / half,
    kind: 'ratio',
    bar: scaleBars.twiceTheSymbols,
  });
}
