import { afterAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../support/running-process.ts';
import { Deployments } from './deployments.ts';

// Commands of scripts/deployment.sh, in their order. Terraform, clouds and cluster are stand-ins.

const outputs = {
  region: 'ap-northeast-1',
  eks_connect: 'aws eks update-kubeconfig --region ap-northeast-1 --name day-trade-staging',
  aks_cluster_name: 'day-trade-aks',
  resource_group_name: 'day-trade-staging',
  secret_store: 'kind: SecretStore',
};
const staging = (more: Readonly<Record<string, unknown>> = {}) => new Deployments({ ...outputs, ...more });
const inCluster = (calls: readonly string[]) =>
  calls
    .filter((call) => /^(?:kubectl|helm) /.test(call))
    .map((call) =>
      call
        .replace(/--namespace day-trade-staging ?/, '')
        .replaceAll(/drill-\w+/g, 'drill')
        .trim(),
    );

/** The CronJob of a backup, whose password is in this Secret. */
function backupWith(secret: string): string {
  const env = [{ name: 'DAYTRADE_DATABASE_PASSWORD', valueFrom: { secretKeyRef: { name: secret } } }];
  return JSON.stringify({ spec: { jobTemplate: { spec: { template: { spec: { containers: [{ env }] } } } } } });
}

afterAll(stopEverything);

describe('a roll out', () => {
  const rollOut = 'connect\nroll_out registry.example/day-trade sha256:abc';

  it('upgrades by digest, waits, tests, and shows the history', async () => {
    const { finished, calls } = await staging().step(rollOut);
    expect(finished.exitCode, finished.stderr).toBe(0);
    expect(calls).toContain('aws eks update-kubeconfig --region ap-northeast-1 --name day-trade-staging');
    const upgrade = calls.find((call) => call.startsWith('helm upgrade --install')) ?? '';
    expect(upgrade).toContain('--create-namespace --values values.staging.yaml --values values.outputs.yaml');
    expect(upgrade).toContain('--set image.repository=registry.example/day-trade,image.digest=sha256:abc');
    expect(upgrade).toContain('--rollback-on-failure --wait --timeout 15m');
    expect(calls.slice(-2).map((call) => call.split(' ').slice(0, 2).join(' '))).toEqual(['helm test', 'helm history']);
  });

  it('returns to the version before where the test fails, and fails', async () => {
    const deployments = staging({ history: JSON.stringify([{ revision: 1, status: 'deployed' }]) });
    const { finished, calls } = await deployments.step(rollOut, { broken: 'helm test' });
    expect(finished.exitCode).toBe(1);
    expect(calls.filter((call) => call.startsWith('helm rollback'))).toEqual([
      'helm rollback day-trade-ml 1 --namespace day-trade-staging --wait --timeout 10m',
    ]);
    expect(finished.stdout).toContain('helm test failed; revision 1 serves');
  });

  it('leaves the way back of a failed upgrade to helm, and fails', async () => {
    const { finished, calls } = await staging().step(rollOut, { broken: 'helm upgrade --install' });
    expect(finished.exitCode).not.toBe(0);
    expect(calls.filter((call) => /^helm (?:test|rollback)/.test(call))).toEqual([]);
  });

  it('gives External Secrets the Key Vault of Azure, and takes the values of the cloud first', async () => {
    const { finished, calls } = await staging().step(rollOut, { cloud: 'azure' });
    expect(finished.exitCode, finished.stderr).toBe(0);
    expect(calls).toContain('kubectl --namespace day-trade-staging apply --filename -');
    expect(calls.find((call) => call.startsWith('helm upgrade --install'))).toContain(
      '--values values.azure.yaml --values values.staging.yaml --values values.outputs.yaml',
    );
  });
});

describe('a deployment', () => {
  const tasks = {
    runtime: 'both',
    image_digest: 'sha256:old',
    ecs_cluster_name: 'day-trade-staging',
    ecs_services: ['ml-service', 'worker'],
    changes: ['module.service["ml-service"].aws_ecs_task_definition.this', 'aws_ssm_parameter.release[0]'],
    running: 'registry.example/day-trade@sha256:abc',
  };
  const deploy = 'deploy registry.example/day-trade sha256:abc';
  const applied = (calls: readonly string[]) =>
    calls
      .flatMap((call) => /^terraform .* plan .*-var (\S+)|^(helm upgrade --install)/.exec(call)?.slice(1) ?? [])
      .filter(Boolean);

  it('gives the image to tasks and pods where both are on', async () => {
    const { finished, calls } = await staging(tasks).step(deploy);
    expect(finished.exitCode, finished.stderr).toBe(0);
    expect(applied(calls)).toEqual(['image_digest=sha256:abc', 'helm upgrade --install']);
    expect(calls.filter((call) => call.includes('wait services-stable'))).toHaveLength(2);
  });

  it.each([
    ['containers', ['image_digest=sha256:abc']],
    ['kubernetes', ['helm upgrade --install']],
  ])('reaches %s alone where nothing else is on', async (runtime, expected) => {
    const { finished, calls } = await staging({ ...tasks, runtime }).step(deploy);
    expect(finished.exitCode, finished.stderr).toBe(0);
    expect(applied(calls)).toEqual(expected);
  });

  it('applies no plan that changes more than the tasks', async () => {
    const changes = [...tasks.changes, 'aws_security_group.database'];
    const { finished, calls } = await staging({ ...tasks, changes }).step(deploy);
    expect(finished.exitCode).toBe(1);
    expect(finished.stdout).toContain(
      'aws_security_group.database update\n::error::this would change the objects above',
    );
    expect(calls.filter((call) => call.includes(' apply '))).toEqual([]);
  });

  it('returns to the image before where ECS took the new one back, and leaves the pods alone', async () => {
    const { finished, calls } = await staging({ ...tasks, running: 'registry.example/day-trade@sha256:old' }).step(
      deploy,
    );
    expect(finished.exitCode).toBe(1);
    expect(applied(calls)).toEqual(['image_digest=sha256:abc', 'image_digest=sha256:old']);
    expect(finished.stdout).toContain('the tasks do not run sha256:abc; sha256:old is set again');
  });

  const shared = ['azurerm_application_gateway.main[0]', 'azurerm_container_registry.main'];
  const groups = { runtime: 'containers', active_slot: 'blue', slots: { blue: 'sha256:old' }, changes: shared };
  const filled = 'slots={blue="sha256:old",green="sha256:abc"}';

  it.each([
    ['fills the other slot, switches, empties the first one', '', ['active_slot=green', 'slots={green="sha256:abc"}']],
    ['leaves a slot whose groups do not run', 'az container show', []],
    ['switches back from a slot that is not ready', 'show-backend-health', ['active_slot=green', 'active_slot=blue']],
  ])('on Container Instances %s', async (_, broken, expected) => {
    const { finished, calls } = await staging(groups).step(deploy, { cloud: 'azure', broken });
    expect(finished.exitCode, finished.stderr).toBe(broken === '' ? 0 : 1);
    expect(applied(calls)).toEqual([filled, ...expected]);
  });

  it('changes groups of the slot that it fills, and no plan with others is applied', async () => {
    const ofBlue = ['container_group.service["blue/worker/0"]', 'private_dns_a_record.service["ml-service-blue"]'];
    const changes = [...shared, ...ofBlue.map((name) => `azurerm_${name}`)];
    const first = await staging({ ...groups, changes, slots: {} }).step(deploy, { cloud: 'azure' });
    expect(applied(first.calls)).toEqual(['slots={blue="sha256:abc"}']);
    expect(first.finished.exitCode, first.finished.stdout).toBe(0);
    const { finished, calls } = await staging({ ...groups, changes }).step(deploy, { cloud: 'azure' });
    expect(finished.stdout).toContain('azurerm_container_group.service["blue/worker/0"] update\n');
    expect(calls.filter((call) => call.includes(' apply '))).toEqual([]);
  });
});

it.each([
  ['production on Azure takes the image that staging ran', 'production', '', 'sha256:abc\n', 0],
  ['production on Azure builds one where staging has none', 'production', 'az acr import', '', 0],
  ['staging builds one', 'staging', 'az acr', '', 0],
  ['a registry that does not answer ends it', 'production', 'skopeo', '', 1],
])('without an image of the commit %s', async (_, environment, broken, digest, exitCode) => {
  const azure = staging({ registry_name: 'production' });
  const run = { cloud: 'azure', environment, broken };
  const { finished, calls } = await azure.step('find_image production.azurecr.io/day-trade', run);
  expect(finished).toMatchObject({ exitCode, stdout: digest });
  expect(calls.filter((call) => call.startsWith('az acr import'))).toEqual(
    environment === 'production' && exitCode === 0
      ? ['az acr import --name production --source staging.azurecr.io/day-trade:commit --image day-trade:commit']
      : [],
  );
});

it('a plan takes nothing but the file of its environment', async () => {
  const { calls } = await staging({ image_digest: 'sha256:abc' }).step('initialise\nplan -out=plan.bin');
  expect(calls.at(-1)).toMatch(/ plan -input=false -var-file=staging\.tfvars -out=plan\.bin$/);
});

it('a look for drift fails where the plan has a change, and takes no lock', async () => {
  const { finished, calls } = await staging().step('drift');
  expect(finished.exitCode).toBe(2);
  expect(finished.stdout).toContain('staging on aws differs from its code');
  expect(calls.at(-1)).toContain('-lock=false');
});

it.each([
  [[], 1],
  [['azurerm_container_group.service["blue/worker/0"]'], 0],
])('addresses of restarted groups are applied, and nothing beside them: %s', async (more, applies) => {
  const changes = ['azurerm_application_gateway.main[0]', 'azurerm_private_dns_a_record.service["ml-service-blue"]'];
  const azure = staging({ runtime: 'containers', changes: [...changes, ...more] });
  const { finished, calls } = await azure.step('addresses', { cloud: 'azure' });
  expect(calls.filter((call) => call.includes(' apply '))).toHaveLength(applies);
  expect(finished.exitCode).toBe(1 - applies);
});

it('a report asks the platform in the pod of its page', async () => {
  const { finished } = await staging().step('report');
  expect(finished.stdout).toContain('### daytrade reports show\n\n```\nan answer of the platform\n```');
});

describe('a restore drill', () => {
  const looks = [
    'kubectl get deployment worker --ignore-not-found --output json',
    'kubectl get cronjob backup --ignore-not-found --output json',
  ];

  it('is that of the platform where workers make encrypted backups, and stops nothing', async () => {
    const { finished, calls } = await staging({ worker: '{ "name": "DAYTRADE_BACKUP_TARGET" }' }).step('restore_drill');
    expect(finished.exitCode, finished.stderr).toBe(0);
    expect(inCluster(calls)).toEqual([looks[0], 'kubectl exec deploy/dashboard -- node bundle/main.mjs restore-drill']);
  });

  it('backs up, stops what writes, restores, starts it again, and tests', async () => {
    const deployments = staging({ backup: backupWith('day-trade-azure') });
    const { finished, calls } = await deployments.step('restore_drill');
    expect(finished.exitCode, finished.stderr).toBe(0);
    expect(deployments.created).toContain('secretKeyRef: { name: day-trade-azure, key: database-password }');
    expect(inCluster(calls)).toEqual([
      ...looks,
      'kubectl create job --from=cronjob/backup backup-drill',
      'kubectl wait --for=condition=Complete job/backup-drill --timeout=1800s',
      'kubectl logs job/backup-drill',
      'kubectl get deployment/scheduler-service --output jsonpath={.spec.replicas}',
      'kubectl get deployment/worker --output jsonpath={.spec.replicas}',
      'kubectl scale deployment/scheduler-service deployment/worker --replicas=0',
      'kubectl create --filename - --output name',
      'kubectl wait --for=condition=Complete job.batch/restore-abcde --timeout=1800s',
      'kubectl logs job.batch/restore-abcde',
      'kubectl scale deployment/scheduler-service --replicas=2',
      'kubectl scale deployment/worker --replicas=2',
      'helm test day-trade-ml --logs',
    ]);
  });

  it('starts what writes again when the restore fails', async () => {
    const deployments = staging({ backup: backupWith('day-trade-secrets') });
    const { finished, calls } = await deployments.step('restore_drill', { broken: 'job.batch/restore-abcde' });
    expect(finished.exitCode).toBe(1);
    expect(inCluster(calls).slice(-2)).toEqual([
      'kubectl scale deployment/scheduler-service --replicas=2',
      'kubectl scale deployment/worker --replicas=2',
    ]);
  });

  it.each([
    ['staging', 'no backup is made in day-trade-staging'],
    ['production', 'not in production'],
  ])('changes nothing in %s without a backup', async (environment, message) => {
    const { finished, calls } = await staging().step('restore_drill', { environment });
    expect(finished.exitCode).toBe(1);
    expect(finished.stdout).toContain(message);
    expect(inCluster(calls).filter((call) => !call.includes(' get '))).toEqual([]);
  });
});
