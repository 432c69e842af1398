import { afterAll, describe, expect, it } from 'vitest';
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

describe.each(['aws', 'azure'])('daytrade deploy %s', (cloud) => {
  it('without --yes plans, has the guard judge it, and changes nothing', async () => {
    const { finished, calls } = await clone().daytrade(deploy(cloud));
    expect(finished.exitCode, finished.stderr).toBe(2);
    expect(JSON.parse(finished.stdout)).toMatchObject({ deployed: false, plan: { summary: 'Nothing changes.' } });
    expect(calls.some((call) => call.startsWith('terraform plan'))).toBe(true);
    expect(changes(calls)).toEqual([]);
  });

  it('applies that plan, takes the environment, rolls out, proves; a failed upgrade is rolled back', async () => {
    const deployments = clone();
    const first = await deployments.daytrade(deploy(cloud, '--yes', '--why', 'the first'));
    expect(first.finished.exitCode, first.finished.stderr).toBe(0);
    expect(JSON.parse(first.finished.stdout)).toMatchObject({
      deployed: true,
      applied: true,
      record: { why: 'the first' },
    });
    expect(first.calls).toContain('terraform apply -input=false staging.tfplan');
    const upgrade = first.calls.find((call) => call.startsWith('helm upgrade')) ?? '';
    expect(upgrade).toContain(`image.repository=registry.example/day-trade,image.digest=${digest}`);
    const order = ['terraform plan', 'terraform apply', 'kubectl --namespace day-trade-staging create', 'helm upgrade'];
    const places = [...order, 'helm test'].map((start) => first.calls.findIndex((call) => call.startsWith(start)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);

    const failed = await deployments.daytrade(deploy(cloud, '--yes'), 'helm upgrade');
    expect(failed.finished.exitCode).toBe(5);
    expect(failed.finished.stderr).toContain('Nothing was changed: version 1 serves.');
    const bad = await deployments.daytrade(deploy(cloud, '--yes'), 'helm test');
    expect(bad.finished.exitCode).toBe(5);
    expect(bad.calls.filter((call) => call.startsWith('helm rollback'))).toEqual([
      'helm rollback day-trade-ml 1 --namespace day-trade-staging --wait --timeout 10m',
    ]);
    expect(bad.calls.at(-1)).toContain('delete configmap day-trade-deployment');
  });
});

it('a deployment into a cloud names everything that is missing at once, and changes nothing', async () => {
  const { finished, calls } = await clone({}).daytrade(deploy('aws', '--yes'), 'aws sts');
  expect(finished.exitCode).toBe(3);
  const { error } = JSON.parse(finished.stderr.slice(finished.stderr.indexOf('{"error"')));
  expect(error.details.checks.map(({ name }: { name: string }) => name)).toEqual(['credentials', 'state']);
  expect(changes(calls)).toEqual([]);
});
