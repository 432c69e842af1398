import type { CommandCosts } from '../harness/command-costs.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

/** The parts of the suite, each of which can be measured alone. */
export const scaleParts = ['import', 'update', 'prediction'] as const;
export type ScalePart = (typeof scaleParts)[number];

/** How much is measured. */
export interface ScaleSizes {
  readonly symbols: number;
  readonly sessions: number;
  /** Runs of each side, of which the fastest counts. */
  readonly rounds: number;
  readonly parts: readonly ScalePart[];
}

/** What the bars are about: ten years of the symbols of the exchange. */
const full = { symbols: 4000, sessions: 2440 } as const;
const quick = { symbols: 40, sessions: 488 } as const;

/**
 * The sizes of a run: small ones for a quick one, else those that the bars are about. `DAYTRADE_BENCH_SYMBOLS` names
 * another number of symbols, `DAYTRADE_BENCH_PARTS` the parts, with commas between them.
 *
 * @throws Error for a number or a part that there is not
 */
export function scaleSizes(context: Pick<SuiteContext, 'quick'>, environment = process.env): ScaleSizes {
  const { symbols, sessions } = context.quick ? quick : full;
  const asked = environment.DAYTRADE_BENCH_SYMBOLS ?? String(symbols);
  if (!/^\d+$/.test(asked) || Number(asked) < 1 || Number(asked) > full.symbols) {
    throw new Error(`DAYTRADE_BENCH_SYMBOLS: expected a number from 1 to ${full.symbols}, got ${asked}`);
  }
  const named = environment.DAYTRADE_BENCH_PARTS?.split(',') ?? scaleParts;
  const parts = scaleParts.filter((part) => named.includes(part));
  const unknown = named.find((name) => !scaleParts.some((part) => part === name));
  if (unknown !== undefined) {
    throw new Error(`DAYTRADE_BENCH_PARTS: expected some of ${scaleParts.join(', ')}, got ${unknown}`);
  }
  const isFull = Number(asked) === full.symbols;
  return {
    symbols: Number(asked),
    sessions,
    rounds: isFull || context.quick ? 1 : 2,
    parts,
  };
}

/** Returns the name of a size in rows. */
export function shapeOf({ symbols, sessions }: Pick<ScaleSizes, 'symbols' | 'sessions'>): string {
  return `${symbols.toLocaleString('en')} symbols x ${sessions.toLocaleString('en')} sessions`;
}

/** Megabytes that an import and an update may take at their peak. */
const mostMegabytes = 1500;

/** Compares the peak memory of a command, in the largest of its runs, with the most that it may take. */
export function compareMemory(name: string, runs: readonly Pick<CommandCosts, 'peakMegabytes'>[]): Comparison {
  const peak = Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes));
  return compare({
    name: `peak memory of ${name}`,
    unit: `of ${mostMegabytes} MB`,
    figure: (100 * peak) / mostMegabytes,
    kind: 'share',
    bar: { sense: 'at most', must: 100 },
    note: `${Math.round(peak).toLocaleString('en')} MB, the whole process of the command; the most of ${runs.length}`,
  });
}
