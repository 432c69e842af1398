import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { isThere } from '../../support/steps.ts';
import { Deployments } from './deployment.ts';
import { GitHubApi } from './github-api.ts';

// The workflow itself is run; clouds, cluster, registry and the actions of others are stand-ins. What real Terraform
// does against simulated clouds, they do not show.

const programs = ['terraform', 'aws', 'az', 'kubectl', 'kubelogin', 'helm', 'skopeo', 'buildah'];
const repository = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/day-trade';
const outputs = {
  image_repository_url: repository,
  region: 'ap-northeast-1',
  eks_cluster_name: 'day-trade-production',
  aks_cluster_name: 'day-trade-aks',
  resource_group_name: 'day-trade-staging',
  registry_name: 'daytrade',
  key_vault_name: 'day-trade',
};
const variables = { AWS_STATE_BUCKET: 'state', AZURE_STATE_ACCOUNT: 'state' };
if (!(await isThere('act', '--version')))
  throw new Error('act is not on the PATH, and DAYTRADE_TEST_ACT=1 asks for it');

describe('deploy-cloud.yml, run by act', () => {
  let github: GitHubApi;
  const deployments = () => new Deployments(programs, outputs, { GITHUB_API_URL: github.url }, variables);
  beforeAll(async () => {
    github = await GitHubApi.start({
      'production-approval': ['required_reviewers'],
      'staging-approval': ['branch_policy'],
    });
  });
  afterAll(async () => {
    github.stop();
    await stopEverything();
  });

  it('applies the plan, pushes the image, rolls out its digest, and tests; a failed upgrade is rolled back', async () => {
    const production = deployments();
    const { finished, calls } = await production.run({ environment: 'production', cloud: 'aws' });
    expect(finished.exitCode, finished.stdout.slice(-3000)).toBe(0);
    const called = calls.join('\n');
    const files = '-var-file=running-production.tfvars.json -var-file=production.tfvars';
    expect(called).toContain(`terraform plan -input=false -detailed-exitcode ${files} -out=production.tfplan`);
    expect(called).toContain('terraform apply -input=false production.tfplan');
    expect(called).toMatch(
      /helm upgrade --install day-trade-ml \.\/day-trade-ml --namespace day-trade --create-namespace --values values\.production\.yaml /,
    );
    expect(called).toMatch(new RegExp(`image\\.repository=${repository},image\\.digest=sha256:[0-9a-f]{64} `));
    const order = [
      'terraform plan',
      'terraform apply',
      'buildah bud',
      'skopeo copy --preserve-digests oci:',
      'helm upgrade',
      'helm test',
    ];
    const places = order.map((part) => called.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(called).not.toContain('helm rollback');

    const failed = await production.run({ environment: 'production', cloud: 'aws' }, 'helm test');
    expect(failed.finished.exitCode).toBe(1);
    expect(failed.calls.filter((call) => call.startsWith('helm rollback'))).toEqual([
      'helm rollback day-trade-ml 1 --namespace day-trade --history-max 60 --wait --timeout 10m',
    ]);
    expect(production.history.map(({ status }) => status)).toEqual(['superseded', 'superseded', 'deployed']);
  });

  it('changes nothing where nobody would be asked for approval', async () => {
    const { finished, calls } = await deployments().run({ environment: 'staging', cloud: 'azure' });
    expect(finished.exitCode).toBe(1);
    expect(finished.stdout).toContain('staging-approval of GitHub has no required reviewers');
    expect(calls).toEqual([]);
  });

  it('leaves alone what serves when the image cannot be fetched', async () => {
    const development = deployments();
    await development.run({ environment: 'development', cloud: 'azure' });
    const { finished, calls } = await development.run({ environment: 'development', cloud: 'azure' }, 'skopeo copy');
    expect(finished.exitCode).toBe(1);
    expect(calls.filter((call) => /^helm (upgrade|rollback)/.test(call))).toEqual([]);
    expect(development.history).toEqual([{ revision: 1, status: 'deployed' }]);
  });
});
