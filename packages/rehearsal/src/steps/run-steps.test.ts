import { ProgramFailure } from '@daytrade/deployment';
import { expect, it } from 'vitest';
import { type Deeds, runSteps } from './run-steps.ts';
import { type StepName, stepNames } from './step-list.ts';
import type { Measured, StepResult } from './step-result.ts';

const fine: Measured = { figures: [{ id: 'failedRequests', value: 0, unit: '', bar: { most: 0 } }] };

/** Deeds that note what was begun, some of them other than fine. */
function noted(others: Partial<Deeds['steps']> = {}) {
  const done: string[] = [];
  const steps = Object.fromEntries(
    stepNames.map((name) => [
      name,
      async () => {
        done.push(name);
        return (await others[name]?.()) ?? fine;
      },
    ]),
  ) as Deeds['steps'];
  const clear = {
    destroy: { isNeeded: () => false, run: () => Promise.reject(new Error('nothing is there')) },
    remove: {
      isNeeded: () => true,
      run: async () => {
        done.push('remove');
        return fine;
      },
    },
  };
  return { done, deeds: { steps, clear } };
}

function options(signal = new AbortController().signal) {
  let clock = 0;
  const began: string[] = [];
  return {
    began,
    now: () => {
      clock += 1000;
      return clock;
    },
    signal,
    onBegin: (step: string, after: readonly StepName[]) => began.push(`${step} (${after.length})`),
    onEnd: () => undefined,
  };
}

const verdicts = (results: readonly StepResult[]) => results.map(({ step, verdict }) => `${step} ${verdict}`);

it('goes through the steps in their order, says what comes after each, and takes away what was made', async () => {
  const { done, deeds } = noted();
  const running = options();
  const results = await runSteps(['install', 'upgrade'], deeds, running);
  expect(done).toEqual(['install', 'upgrade', 'remove']);
  // What has nothing to take away leaves no line.
  expect(verdicts(results)).toEqual(['install held', 'upgrade held', 'remove held']);
  expect(running.began.slice(0, 2)).toEqual(['install (1)', 'upgrade (0)']);
  expect(results.map(({ seconds }) => seconds)).toEqual([1, 1, 1]);
});

it('runs no step that begins from one that failed, all others, and the clearing', async () => {
  const { done, deeds } = noted({ upgrade: () => Promise.reject(new Error('helm ended with 1')) });
  const results = await runSteps(['install', 'upgrade', 'rollback', 'pod-kill'], deeds, options());
  expect(done).toEqual(['install', 'upgrade', 'pod-kill', 'remove']);
  expect(verdicts(results)).toEqual([
    'install held',
    'upgrade failed',
    'rollback not run',
    'pod-kill held',
    'remove held',
  ]);
  expect(results[1]?.cause).toBe('helm ended with 1');
  expect(results[2]?.cause).toBe('upgrade failed');
});

it('installs nothing where the images were not packed, and says with which words that ended', async () => {
  const { done, deeds } = noted({
    images: () => Promise.reject(new ProgramFailure('ended with 1', 'a\n\x1b[31mno space\x1b[0m\n')),
  });
  const results = await runSteps(['images', 'install', 'upgrade'], deeds, options());
  expect(done).toEqual(['images', 'remove']);
  expect(verdicts(results)).toEqual(['images failed', 'install not run', 'upgrade not run', 'remove held']);
  expect(results[0]?.cause).toBe('ended with 1\na\nno space');
  expect(results[1]?.cause).toBe('images failed');
});

it('says of a step whose figure misses its bar that it missed, and goes on', async () => {
  const lost: Measured = { figures: [{ id: 'failedRequests', value: 1, unit: '', bar: { most: 0 } }] };
  const { deeds } = noted({ upgrade: async () => lost });
  const results = await runSteps(['install', 'upgrade', 'rollback'], deeds, options());
  expect(verdicts(results)).toEqual(['install held', 'upgrade missed', 'rollback held', 'remove held']);
});

it('begins nothing after an interruption but the clearing', async () => {
  const interrupt = new AbortController();
  const { done, deeds } = noted({
    install: async () => {
      interrupt.abort();
      return fine;
    },
  });
  const results = await runSteps(['install', 'upgrade'], deeds, options(interrupt.signal));
  expect(done).toEqual(['install', 'remove']);
  expect(results[1]).toMatchObject({ step: 'upgrade', verdict: 'not run', cause: 'interrupted' });
});
