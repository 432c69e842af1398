import { Programs } from '@daytrade/deployment';
import { expect, it } from 'vitest';
import { rehearsalPreflight } from './preflight.ts';
import { stepNames } from './steps/step-list.ts';

it('names everything that is missing at once', async () => {
  // Without a PATH nothing is there.
  const programs = new Programs({
    onCommand: () => undefined,
    onOutput: () => undefined,
    environment: { PATH: '/none' },
  });
  const simulator = async () => ({ name: 'simulator', ok: false, message: 'not given' });
  const missing = (await rehearsalPreflight(programs, stepNames, { simulator })).filter(({ ok }) => !ok);
  expect(missing.map(({ name }) => name)).toEqual([
    'checkov',
    'terraform',
    'cluster',
    'kubectl',
    'helm',
    'simulator',
    'cluster of KUBECONFIG',
  ]);
  expect(await rehearsalPreflight(programs, ['cost'], { simulator })).toEqual([]);
});
