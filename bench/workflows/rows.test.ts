import { expect, it } from 'vitest';
import { comparisonsOf, type Deployment, tableOf } from './rows.ts';

const [good, other] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
const job = (id: string, result = 'success') => ({ id, result, seconds: 10, waited: 0 });
const unchanged = 'plan: No changes. Your infrastructure matches the configuration.';
const deployment = (what: Deployment['what'], more: Partial<Deployment['run']> = {}, served = [good]): Deployment => ({
  name: 'production on aws',
  what,
  digest: good,
  served,
  run: { exitCode: 0, jobs: [job('plan'), job('deploy-application')], log: unchanged, summary: '', ...more },
});
const back = {
  exitCode: 1,
  jobs: [job('deploy-application', 'failure'), job('roll-back')],
  summary: 'Rolled back to revision 2',
};
const missed = (deployments: readonly Deployment[]) =>
  comparisonsOf(deployments).flatMap(({ name, verdict }) => (verdict === 'missed' ? [name] : []));

it('holds a first deployment, a second one that changes nothing, and a failing one that goes back', () => {
  const deployments = [deployment('first', { log: '' }), deployment('second'), deployment('failed', back)];
  expect(missed(deployments)).toEqual([]);
  expect(tableOf(deployments).rows[2]).toEqual([
    'production on aws',
    'failed',
    '1',
    '',
    '',
    '',
    '10',
    '10',
    'aaaaaaaaaaaa',
  ]);
});

it('names what is not as it should be', () => {
  expect(missed([deployment('first', { exitCode: 1 }, [other])])).toEqual([
    'Deployments that ended with 0',
    'Deployments that did not',
    'Containers that run what was pushed',
    'Containers that run another digest than the pushed one',
  ]);
  const first = deployment('first');
  expect(missed([first, deployment('second', { log: `${unchanged}\nx: + buildah bud .` })])).toEqual([
    'Second deployments that built or changed something',
  ]);
  expect(missed([first, deployment('failed', { exitCode: 0 }, [other])])).toEqual([
    'Failing deployments that did not end with 1',
    'Failing deployments that were not rolled back',
    'Containers that run what served before',
    'Containers that run another digest than before',
  ]);
});
