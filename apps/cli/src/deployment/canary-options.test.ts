import { usualCanary } from '@daytrade/canary';
import { expect, it } from 'vitest';
import { readCanaryOptions } from './canary-options.ts';

it('options of a canary are in the words of its judge, and go with --canary alone', () => {
  expect(readCanaryOptions({ inSession: true })).toBeUndefined();
  expect(readCanaryOptions({ canary: true })).toEqual({ settings: usualCanary, probes: 600, forced: false });
  const given = { interval: '60', threshold: '3', stepWeight: '5', maxWeight: '20', probes: '0' };
  expect(readCanaryOptions({ canary: true, inSession: true, ...given })).toMatchObject({
    settings: { interval: 60, threshold: 3, stepWeight: 5, maxWeight: 20 },
    probes: 0,
    forced: true,
  });
  expect(() => readCanaryOptions({ stepWeight: '5' })).toThrow('--step-weight: goes with --canary');
  expect(() => readCanaryOptions({ canary: true, maxWeight: '100' })).toThrow('--max-weight');
});
