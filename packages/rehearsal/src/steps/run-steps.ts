import { failureLines } from '@daytrade/deployment';
import { holds } from './figure.ts';
import { type ClearingName, type StepName, stepNeeds, stepUses } from './step-list.ts';
import type { Measured, StepResult } from './step-result.ts';

/** What is done of the steps, and what takes away what they made. */
export interface Deeds {
  readonly steps: Readonly<Record<StepName, () => Promise<Measured>>>;
  readonly clear: Readonly<Record<ClearingName, Clearing>>;
}

/** Takes away what steps made. */
export interface Clearing {
  /** Whether there is anything that it could take away. */
  readonly isNeeded: () => boolean;
  readonly run: () => Promise<Measured>;
}

export interface RunOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Once it is aborted, nothing but the clearing is begun. */
  readonly signal: AbortSignal;
  /** Hears of each step: when it begins, with those that come after it, and how it ended. */
  readonly onBegin: (step: StepName | ClearingName, after: readonly StepName[]) => void;
  readonly onEnd: (result: StepResult) => void;
}

/**
 * Goes through steps one after the other. One that fails keeps those that begin from it or use its work from being run,
 * and no others; what was made is taken away at the end in any case.
 */
export async function runSteps(
  chosen: readonly StepName[],
  deeds: Deeds,
  options: RunOptions,
): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  const keep = (result: StepResult) => {
    results.push(result);
    options.onEnd(result);
  };
  for (const [at, step] of chosen.entries()) {
    const missing = [...stepNeeds[step], ...(stepUses[step] ?? [])].find((needed) => brokenOff(results, needed));
    if (options.signal.aborted || missing !== undefined) {
      const cause = options.signal.aborted ? 'interrupted' : `${missing} failed`;
      keep({ step, verdict: 'not run', seconds: 0, figures: [], cause });
      continue;
    }
    options.onBegin(step, chosen.slice(at + 1));
    keep(await resultOf(step, deeds.steps[step], options.now));
  }
  for (const [step, { isNeeded, run }] of Object.entries(deeds.clear) as [ClearingName, Clearing][]) {
    if (!isNeeded()) continue;
    options.onBegin(step, []);
    keep(await resultOf(step, run, options.now));
  }
  return results;
}

function brokenOff(results: readonly StepResult[], step: StepName): boolean {
  const found = results.find((result) => result.step === step);
  return found?.verdict === 'failed' || found?.verdict === 'not run';
}

async function resultOf(
  step: StepName | ClearingName,
  deed: () => Promise<Measured>,
  now: () => number,
): Promise<StepResult> {
  const began = now();
  const seconds = () => (now() - began) / 1000;
  try {
    const measured = await deed();
    return { step, verdict: measured.figures.every(holds) ? 'held' : 'missed', seconds: seconds(), ...measured };
  } catch (error) {
    return { step, verdict: 'failed', seconds: seconds(), figures: [], cause: failureLines(error).join('\n') };
  }
}
