import { afterAll, expect, it } from 'vitest';
import { stopEverything } from '../support/running-process.ts';
import { Deployments } from './act/deployment.ts';

// `daytrade deploy aws` and `azure`: the commands that they run, in their order. Terraform, clouds and cluster are
// stand-ins; what a real cluster does is in tests/kubernetes/10-deploy.test.ts.

const digest = `sha256:${'a'.repeat(64)}`;
const outputs = {
  image_repository_url: 'registry.example/day-trade',
  region: 'ap-northeast-1',
  eks_cluster_name: 'day-trade-staging',
  aks_cluster_name: 'day-trade-aks',
  resource_group_name: 'day-trade-staging',
  key_vault_name: 'day-trade',
};
const programs = ['terraform', 'aws', 'az', 'kubectl', 'kubelogin', 'helm'];
const variables = { AWS_STATE_BUCKET: 'state', AZURE_STATE_ACCOUNT: 'state' };
const clone = (given: Readonly<Record<string, string>> = variables) => new Deployments(programs, outputs, {}, given);
const place = ['--environment', 'staging', '--digest', digest, '--json'];
const deploy = (cloud: string, ...more: readonly string[]) => ['deploy', cloud, ...place, ...more];
/** Calls that change something, by their first words. */
const changes = (calls: readonly string[]) =>
  calls.flatMap(
    (call) => /^(?:terraform apply|helm (?:upgrade|rollback|test)|kubectl .*(?:create|delete))/.exec(call) ?? [],
  );

afterAll(stopEverything);

it('without --yes a deployment plans, has the guard judge the plan, and changes nothing', async () => {
  const { finished, calls } = await clone().daytrade(deploy('aws'));
  expect(finished.exitCode, finished.stderr).toBe(2);
  expect(JSON.parse(finished.stdout)).toMatchObject({ deployed: false, plan: { summary: 'Nothing changes.' } });
  expect(calls.some((call) => call.startsWith('terraform plan'))).toBe(true);
  expect(changes(calls)).toEqual([]);
});

it.each([
  { cloud: 'aws', signsIn: 'aws eks update-kubeconfig' },
  { cloud: 'azure', signsIn: 'az aks get-credentials' },
])('daytrade deploy $cloud applies that plan, takes the environment, rolls out, proves', async ({ cloud, signsIn }) => {
  const { finished, calls } = await clone().daytrade(deploy(cloud, '--yes', '--why', 'the first'));
  expect(finished.exitCode, finished.stderr).toBe(0);
  expect(JSON.parse(finished.stdout)).toMatchObject({ deployed: true, applied: true, record: { why: 'the first' } });
  expect(calls).toContain('terraform apply -input=false staging.tfplan');
  const upgrade = calls.find((call) => call.startsWith('helm upgrade')) ?? '';
  expect(upgrade).toContain(`image.repository=registry.example/day-trade,image.digest=${digest}`);
  const lock = 'kubectl --namespace day-trade-staging create';
  const order = ['terraform plan', 'terraform apply', signsIn, lock, 'helm upgrade', 'helm test'];
  const places = order.map((start) => calls.findIndex((call) => call.startsWith(start)));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(calls.at(-1)).toContain('delete configmap day-trade-deployment');
});

it('with --canary a version is not rolled out where it cannot be tried beside another one, and that is said', async () => {
  const { finished, calls } = await clone().daytrade(deploy('azure', '--yes', '--canary', '--interval', '30'));
  expect(finished.exitCode).toBe(3);
  expect(finished.stderr).toMatch(/FAIL canary: .*\n *mend: /);
  expect(calls.some((call) => call.startsWith('helm upgrade'))).toBe(false);
});

it('a version that does not prove itself is rolled back to what served, and the exit code says so', async () => {
  const history = JSON.stringify([{ revision: 1, status: 'deployed' }]);
  const deployments = new Deployments(programs, { ...outputs, history }, {}, variables);
  const { finished, calls } = await deployments.daytrade(deploy('aws', '--yes'), 'helm test');
  expect(finished.exitCode).toBe(5);
  expect(finished.stderr).toContain('deployment.failed');
  expect(calls.filter((call) => call.startsWith('helm rollback'))).toEqual([
    'helm rollback day-trade-ml 1 --namespace day-trade-staging --history-max 60 --wait --timeout 10m',
  ]);
});

it('a deployment into a cloud goes into the cluster of its environment, and takes no other context', async () => {
  const { finished, calls } = await clone().daytrade(deploy('aws', '--yes', '--context', 'another'));
  expect(finished.exitCode).toBe(2);
  expect(finished.stderr).toContain('--context');
  expect(calls).toEqual([]);
});

it('a deployment into a cloud names everything that is missing at once, and changes nothing', async () => {
  const { finished, calls } = await clone({}).daytrade(deploy('aws', '--yes'), 'aws sts');
  expect(finished.exitCode).toBe(3);
  const { error } = JSON.parse(finished.stderr.slice(finished.stderr.indexOf('{"error"')));
  expect(error.details.checks.map(({ name }: { name: string }) => name)).toEqual(['credentials', 'state']);
  expect(changes(calls)).toEqual([]);
});
