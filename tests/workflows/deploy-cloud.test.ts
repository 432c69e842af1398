import { describe, expect, it } from 'vitest';
import { cloudNames, environmentNames } from '../../packages/deployment/src/targets.ts';
import { workflow } from './workflow-files.ts';

/** An expression, as a workflow writes it. */
const value = (path: string) => `\${{ ${path} }}`;
const { on, concurrency, jobs } = workflow('deploy-cloud');

describe('the deployment to a cloud', () => {
  it('is started by hand, for one of the environments and clouds; AWS by default', () => {
    expect(Object.keys(on)).toEqual(['workflow_dispatch']);
    expect(on.workflow_dispatch).toMatchObject({
      inputs: {
        environment: { type: 'choice', options: [...environmentNames], required: true },
        cloud: { type: 'choice', options: [...cloudNames], default: 'aws' },
      },
    });
  });

  it('is one at a time for each environment and cloud, and never broken off', () => {
    expect(concurrency?.group).toContain(`${value('inputs.environment')}-${value('inputs.cloud')}`);
    expect(concurrency?.['cancel-in-progress']).toBe(false);
  });

  it('plans, asks, applies, deploys, one after another', () => {
    expect(Object.entries(jobs).map(([name, { needs }]) => [name, needs])).toEqual([
      ['plan', undefined],
      ['approve', 'plan'],
      ['deploy-infrastructure', ['plan', 'approve']],
      ['deploy-application', 'deploy-infrastructure'],
      ['roll-back', 'deploy-application'],
    ]);
  });

  it('takes on the role of its environment alone, and asks in an environment that has none', () => {
    for (const [name, { environment, permissions }] of Object.entries(jobs)) {
      const asks = name === 'approve';
      expect(environment, name).toBe(`${value('inputs.environment')}${asks ? '-approval' : ''}`);
      expect(permissions?.['id-token'], name).toBe(asks ? undefined : 'write');
      expect(permissions?.contents, name).toBe(asks ? undefined : 'read');
    }
  });

  it('hands the hash of the plan from the job that made it, beside the artefact, to the one that applies it', () => {
    expect(jobs.plan?.outputs?.sha256).toBe(value('steps.plan.outputs.sha256'));
    const applied = jobs['deploy-infrastructure']?.steps.at(-1);
    expect(applied?.run).toContain('apply $TARGET --sha256 "$SHA256"');
    expect(applied?.env?.SHA256).toBe(value('needs.plan.outputs.sha256'));
  });

  it('scans and signs the image before it pushes it, and rolls out the digest that was pushed', () => {
    const steps = jobs['deploy-application']?.steps ?? [];
    const order = steps.map(({ uses, run }) => uses?.split('@')[0] ?? /main\.ts (\S+)/.exec(run ?? '')?.[1]);
    expect(order.slice(2)).toEqual([
      'image',
      'anchore/scan-action',
      'actions/attest',
      'actions/attest',
      'push',
      'revision',
      'roll-out',
    ]);
    for (const { with: signed } of steps.filter(({ uses }) => uses?.startsWith('actions/attest@'))) {
      expect(signed?.['subject-digest']).toBe(value('steps.image.outputs.digest'));
    }
    expect(steps.at(-1)?.env?.DIGEST).toBe(value('steps.push.outputs.digest'));
  });

  it('rolls back when the application fails, to the revision that was read before it changed', () => {
    const { if: condition, steps = [] } = jobs['roll-back'] ?? {};
    expect(condition).toContain("needs.deploy-application.result == 'failure'");
    // Said by the upgrade where the environment is somebody else's, whose version must not be undone.
    const either = value('steps.upgrade.outputs.revision || steps.before.outputs.revision');
    expect(jobs['deploy-application']?.outputs?.revision).toBe(either);
    expect(steps.at(-1)?.env?.REVISION).toBe(value('needs.deploy-application.outputs.revision'));
  });
});
