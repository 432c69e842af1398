import { describe, expect, it } from 'vitest';
import { environmentNames } from '../support/terraform/declarations.ts';
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
        cloud: { type: 'choice', options: ['aws', 'azure'], default: 'aws' },
        'in-session': { type: 'boolean', default: false },
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
    ]);
  });

  it('plans with a role that reads, and asks in an environment that has none', () => {
    const writes = value('inputs.environment');
    for (const [name, { environment, permissions, steps }] of Object.entries(jobs)) {
      const asks = name === 'approve';
      expect(environment, name).toBe(asks ? `${writes}-approval` : name === 'plan' ? `${writes}-plan` : writes);
      const role = steps.find(({ uses }) => uses === './.github/actions/sign-in')?.with;
      const [aws, azure] =
        name === 'plan' ? ['AWS_PLAN_ROLE_ARN', 'AZURE_PLAN_CLIENT_ID'] : ['AWS_DEPLOY_ROLE_ARN', 'AZURE_CLIENT_ID'];
      expect(role?.['aws-role'], name).toBe(asks ? undefined : value(`vars.${aws}`));
      expect(role?.['azure-client'], name).toBe(asks ? undefined : value(`vars.${azure}`));
      expect(permissions?.['id-token'], name).toBe(asks ? undefined : 'write');
      expect(permissions?.contents, name).toBe(asks ? undefined : 'read');
    }
  });

  it('applies the plan that was approved, which no artefact shows', () => {
    const upload = jobs.plan?.steps.at(-1)?.with;
    expect(upload?.path).toMatch(/plan\.bin\.enc$/);
    expect(upload?.['retention-days']).toBe(1);
    const applied = jobs['deploy-infrastructure']?.steps.at(-1);
    expect(applied?.run).toMatch(
      /openssl enc -d [\s\S]*sha256sum --check[\s\S]*terraform apply -input=false plan\.bin/,
    );
    expect(applied?.env?.SHA256).toBe(value('needs.plan.outputs.sha256'));
  });

  it('holds the policies against the plan before anybody is asked', () => {
    const commands = jobs.plan?.steps.map(({ run = '' }) => run) ?? [];
    expect(commands.findIndex((run) => run.includes('conftest" test --policy ../policies'))).toBeGreaterThan(
      commands.findIndex((run) => run.includes('show -json plan.bin')),
    );
  });

  it('waits for the close of the exchange in production, unless the input says otherwise', () => {
    for (const name of ['deploy-infrastructure', 'deploy-application']) {
      const step = jobs[name]?.steps.find(({ run }) => run?.includes('daytrade sessions --open'));
      expect(step?.if).toBe("inputs.environment == 'production' && !inputs.in-session");
    }
  });

  it('scans and signs an image before it pushes it, and rolls out its digest', () => {
    const names = jobs['deploy-application']?.steps.map(({ name }) => name) ?? [];
    expect(names.slice(-8)).toEqual([
      'Image of this commit in the registry',
      'Build it',
      'Scan its bill of materials',
      'Sign where it is from',
      'Sign what is in it',
      'Push it',
      'Verify where it is from, and what is in it',
      'Roll out and test, or return to the version before',
    ]);
    const digest = value('steps.image.outputs.pushed || steps.build.outputs.digest');
    expect(jobs['deploy-application']?.steps.at(-1)?.env?.DIGEST).toBe(digest);
  });
});
