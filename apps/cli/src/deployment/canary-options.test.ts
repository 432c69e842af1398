import { usualCanary } from '@daytrade/canary';
import { expect, it } from 'vitest';
import { readCanaryOptions } from './canary-options.ts';

it('options of a canary are in the words of its judge, and go with --canary alone', () => {
  expect(readCanaryOptions({ inSession: true })).toBeUndefined();
  expect(readCanaryOptions({ canary: true })).toEqual({
    settings: usualCanary,
    mostIntervals: 288,
    probes: 600,
    forced: false,
  });
  const given = { interval: '60', threshold: '3', stepWeight: '5', maxWeight: '20', probes: '0' };
  expect(readCanaryOptions({ canary: true, inSession: true, ...given })).toMatchObject({
    settings: { interval: 60, threshold: 3, stepWeight: 5, maxWeight: 20 },
    probes: 0,
    forced: true,
  });
  expect(() => readCanaryOptions({ stepWeight: '5' })).toThrow('--step-weight: goes with --canary');
  expect(() => readCanaryOptions({ canary: true, maxWeight: '100' })).toThrow('--max-weight');
});

it('a canary waits for the end of a trading session, however short its intervals are', () => {
  const sessionSeconds = 6.5 * 3_600;
  for (const interval of ['60', '120', '300', '3600']) {
    const { mostIntervals = 0 } = readCanaryOptions({ canary: true, interval }) ?? {};
    expect(mostIntervals * Number(interval), interval).toBeGreaterThan(3 * sessionSeconds);
    expect(mostIntervals).toBeGreaterThanOrEqual(100);
  }
});

it('a canary has no more steps than helm keeps revisions for', () => {
  const steps = (stepWeight: string, maxWeight: string) =>
    readCanaryOptions({ canary: true, stepWeight, maxWeight })?.settings.stepWeight;
  expect(steps('1', '20')).toBe(1);
  expect(() => steps('1', '90')).toThrow('--step-weight: 90 steps up to 90 %, at most 20');
});
