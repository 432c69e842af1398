import { hostname } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../support/running-process.ts';
import { Deployments } from './act/deployment.ts';

// Which commands the steps of the operations run, and in which order: Terraform, cloud and cluster are stand-ins.

const outputs = { region: 'ap-northeast-1', eks_cluster_name: 'day-trade-staging' };
const target = ['--environment', 'staging', '--cloud', 'aws'];
const programs = ['terraform', 'aws', 'kubectl', 'helm'];
const staging = (more: Readonly<Record<string, string>> = {}) =>
  new Deployments(programs, { ...outputs, ...more }, {}, { AWS_STATE_BUCKET: 'state' });

/** The CronJob of a backup, whose password is in this Secret. */
function backupWith(secret: string): string {
  const env = [{ name: 'DAYTRADE_DATABASE_PASSWORD', valueFrom: { secretKeyRef: { name: secret } } }];
  const spec = { containers: [{ env }] };
  return JSON.stringify({ spec: { jobTemplate: { spec: { template: { spec } } } } });
}
const inCluster = (calls: readonly string[]) =>
  calls
    .filter((call) => /^(?:kubectl|helm) /.test(call))
    .map((call) => call.replace('--namespace day-trade-staging ', '').replaceAll(/drill-\w+/g, 'drill'));

const looksAtWorkers = 'kubectl get deployment/worker --ignore-not-found --output json';

afterAll(stopEverything);

describe('a restore drill', () => {
  it('is that of the platform where workers make encrypted backups, and stops nothing', async () => {
    const worker = JSON.stringify({ env: [{ name: 'DAYTRADE_BACKUP_TARGET', value: 's3://copies/staging' }] });
    const { finished, calls } = await staging({ worker }).step(['restore-drill', ...target]);
    expect(finished.exitCode, finished.stderr).toBe(0);
    expect(finished.stdout).toContain('### daytrade restore-drill\n\n```\nan answer of the platform\n```');
    expect(inCluster(calls)).toEqual([
      looksAtWorkers,
      'kubectl exec deploy/dashboard -- node bundle/main.mjs restore-drill',
    ]);
  });

  it('backs up, stops what writes, restores, starts it again, and tests', async () => {
    const deployments = staging({ backup: backupWith('day-trade-azure') });
    const { finished, calls } = await deployments.step(['restore-drill', ...target]);
    expect(finished.exitCode, finished.stderr).toBe(0);
    expect(deployments.created).toContain('generateName: restore-');
    expect(deployments.created).toContain('secretKeyRef: { name: day-trade-azure, key: database-password }');
    expect(inCluster(calls)).toEqual([
      looksAtWorkers,
      'kubectl get cronjob backup --ignore-not-found --output json',
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
    const { finished, calls } = await deployments.step(['restore-drill', ...target], 'job.batch/restore-abcde');
    expect(finished.exitCode).toBe(1);
    expect(inCluster(calls).slice(-2)).toEqual([
      'kubectl scale deployment/scheduler-service --replicas=2',
      'kubectl scale deployment/worker --replicas=2',
    ]);
  });

  it('changes nothing where no backup is made', async () => {
    const { finished, calls } = await staging().step(['restore-drill', ...target]);
    expect(finished.stderr).toContain('no backup is made in day-trade-staging');
    expect(inCluster(calls)).toEqual([looksAtWorkers, 'kubectl get cronjob backup --ignore-not-found --output json']);
  });
});

it('a look for drift fails where the plan has a change, and takes no lock', async () => {
  const { finished, calls } = await staging().step(['drift', ...target]);
  expect(finished.exitCode).toBe(1);
  expect(finished.stderr).toContain('staging on aws is not what its code says');
  expect(calls.at(-1)).toContain('-lock=false');
});

it('a plan that is not the one that was approved is not applied', async () => {
  const deployments = staging();
  const { finished: planned } = await deployments.step(['plan', ...target]);
  const sha256 = /sha256=([0-9a-f]{64})/.exec(planned.stdout)?.[1] ?? '';
  const other = await deployments.step([
    'apply',
    ...target,
    '--sha256',
    sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
  ]);
  expect(other.finished.stderr).toContain('is not the plan that was approved');
  expect(other.calls).toEqual([]);
  const { finished, calls } = await deployments.step(['apply', ...target, '--sha256', sha256]);
  expect(finished.exitCode, finished.stderr).toBe(0);
  expect(calls.at(-1)).toBe('terraform apply -input=false staging.tfplan');
});

it('a report asks the platform in the pod of its page', async () => {
  const { finished } = await staging().step(['report', ...target]);
  expect(finished.stdout).toContain('### daytrade reports show\n\n```\nan answer of the platform\n```');
});

/** Deployments of which an image is built or fetched. */
function withImage(): Deployments {
  const image = { ...outputs, image_repository_url: 'registry.example/day-trade' };
  const variables = { AWS_STATE_BUCKET: 'state', GITHUB_SHA: 'HEAD' };
  return new Deployments([...programs, 'skopeo', 'buildah'], image, {}, variables);
}

it('an image is not built, nor pushed, where the registry does not say whether it has it', async () => {
  const deployments = withImage();
  await deployments.step(['image', ...target]);
  const push = ['push', ...target, '--tagged', 'registry.example/day-trade:HEAD'];
  // A look that fails removes what was built.
  for (const step of [push, ['image', ...target]]) {
    const { finished, calls } = await deployments.step(step, 'skopeo inspect');
    expect(finished.exitCode, step.join(' ')).toBe(1);
    expect(finished.stderr).toContain('failed: skopeo inspect');
    expect(calls.filter((call) => /^(?:buildah|skopeo copy) /.test(call))).toEqual([]);
  }
});

it('an image that is in the registry is fetched from it, and not pushed again', async () => {
  const deployments = withImage();
  const push = ['push', ...target, '--tagged', 'registry.example/day-trade:HEAD'];
  const built = await deployments.step(['image', ...target]);
  expect(built.finished.stdout, built.finished.stderr).toMatch(/^digest=sha256:[0-9a-f]{64}\nbuilt=true$/m);
  const pushes = (calls: readonly string[]) => calls.filter((call) => /^skopeo copy .* docker:/.test(call)).length;
  expect(pushes((await deployments.step(push)).calls)).toBe(1);
  const again = await deployments.step(['image', ...target]);
  expect(again.finished.stdout).toContain('built=false');
  expect(again.calls.some((call) => call.startsWith('buildah'))).toBe(false);
  const { finished, calls } = await deployments.step(push);
  expect([finished.exitCode, pushes(calls)], finished.stderr).toEqual([0, 0]);
  expect(finished.stdout).toMatch(/digest=sha256:[0-9a-f]{64}/);
});

it('nothing is rolled out into a cluster of EKS that has not got what the chart needs', async () => {
  const image_repository_url = 'registry.example/day-trade';
  const eks = { ...outputs, image_repository_url, cluster_values: 'namespace: day-trade-staging' };
  const deployments = new Deployments(programs, eks, {}, { AWS_STATE_BUCKET: 'state' });
  const { finished, calls } = await deployments.step(['roll-out', ...target, '--digest', `sha256:${'a'.repeat(64)}`]);
  expect(finished.exitCode).toBe(1);
  expect(finished.stderr).toContain('no namespace day-trade-staging: an administrator of the cluster installs');
  expect(inCluster(calls)).toEqual(['kubectl get namespace day-trade-staging --ignore-not-found --output name']);
});

describe('a version that is rolled out by the workflow', () => {
  const rollOut = ['roll-out', ...target, '--digest', `sha256:${'a'.repeat(64)}`];
  const heldBy = (what: string, host = 'elsewhere', pid = 7) => {
    const since = '2026-11-29T17:00:00.000Z';
    const holder = JSON.stringify({ who: 'a@b', host, pid, since, what, step: 'roll out' });
    return JSON.stringify({ metadata: { resourceVersion: '1' }, data: { holder } });
  };
  const run = (more: Readonly<Record<string, string>> = {}) => {
    const all = { ...outputs, image_repository_url: 'registry.example/day-trade', ...more };
    return new Deployments(programs, all, {}, { AWS_STATE_BUCKET: 'state', GITHUB_RUN_ID: '17' }).step(rollOut);
  };

  it('is rolled out while the environment is held, as a command holds it', async () => {
    const { finished, calls } = await run();
    expect(finished.exitCode, finished.stderr).toBe(0);
    const order = ['create --filename -', 'helm upgrade', 'helm test', 'delete configmap day-trade-deployment'];
    const places = order.map((part) => calls.findIndex((call) => call.includes(part)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('waits for nobody, and goes on where an earlier job of the same run was cancelled', async () => {
    const other = await run({ lock: heldBy('deploy') });
    expect(other.finished.exitCode).toBe(1);
    expect(other.finished.stderr).toContain('day-trade-staging is held by a@b, process 7 on elsewhere');
    expect(other.calls.some((call) => call.startsWith('helm upgrade'))).toBe(false);
    expect(other.finished.stdout).toContain('revision=others');
    const own = await run({ lock: heldBy('roll out by run 17 of the workflow') });
    expect(own.finished.exitCode, own.finished.stderr).toBe(0);
    expect(own.finished.stderr).toContain('taken over from a@b (roll out by run 17 of the workflow)');
  });

  it('goes on where the machine of that job had the same name, and a process here has its number', async () => {
    const lock = heldBy('roll out by run 17 of the workflow', hostname(), process.pid);
    const { finished } = await run({ lock });
    expect(finished.exitCode, finished.stderr).toBe(0);
  });
});

describe('the revision that serves', () => {
  const revision = ['revision', ...target];

  it('is none before a first installation, and not known where the cluster does not answer', async () => {
    const deployments = staging();
    const first = await deployments.step(revision);
    expect(first.finished.stdout).toContain('revision=none');
    const silent = await deployments.step(revision, 'helm history');
    expect([silent.finished.exitCode, silent.finished.stdout]).toEqual([1, '']);
    expect(silent.finished.stderr).toContain('failed: helm history day-trade-ml');
  });

  it('is not touched while somebody deploys by command, whose upgrade would be taken for an interrupted one', async () => {
    const history = JSON.stringify([{ revision: 1, status: 'pending-install' }]);
    const holder = JSON.stringify({ who: 'a@b', host: 'elsewhere', pid: 7, what: 'deploy', step: 'roll out' });
    const lock = JSON.stringify({ metadata: { resourceVersion: '1' }, data: { holder } });
    const { finished, calls } = await staging({ history, lock }).step(revision);
    expect([finished.exitCode, finished.stdout]).toEqual([1, '']);
    expect(finished.stderr).toContain('day-trade-staging is held by a@b, process 7 on elsewhere');
    expect(inCluster(calls).filter((call) => !call.includes(' get '))).toEqual([]);
  });

  it('is none where a first installation was interrupted, of which helm forgets the revision and no object', async () => {
    const history = JSON.stringify([{ revision: 1, status: 'pending-install' }]);
    const { finished, calls } = await staging({ history }).step(revision);
    expect([finished.exitCode, finished.stdout]).toEqual([0, 'revision=none\nrevision=none\n']);
    expect(finished.stderr).toContain('revision 1 was interrupted (pending-install): it was forgotten');
    expect(inCluster(calls).at(-2)).toBe('kubectl delete secret sh.helm.release.v1.day-trade-ml.v1');
  });

  it('is asked of the cluster that the state of this environment names, whatever was there before', async () => {
    const { calls } = await staging().step(revision);
    const [init, output, connect] = calls;
    expect(init).toContain('-reconfigure -backend-config=backend.staging.hcl -backend-config=bucket=state');
    expect([output, connect]).toEqual([
      'terraform output -json',
      'aws eks update-kubeconfig --region ap-northeast-1 --name day-trade-staging',
    ]);
  });
});

describe('the way back', () => {
  it('does not exist before the cluster is reached, nor after a first installation, which is an error', async () => {
    const deployments = staging();
    const early = await deployments.step(['roll-back', ...target, '--revision', '']);
    expect([early.finished.exitCode, early.calls]).toEqual([0, []]);
    expect(early.finished.stdout).toContain('failed before it reached the cluster');
    const first = await deployments.step(['roll-back', ...target, '--revision', 'none']);
    expect([first.finished.exitCode, first.calls]).toEqual([1, []]);
    expect(first.finished.stderr).toContain('no earlier revision');
  });

  it('leaves alone what somebody else rolled out, who held the environment when the workflow came', async () => {
    const history = JSON.stringify([{ revision: 6, status: 'deployed' }]);
    const { finished, calls } = await staging({ history }).step(['roll-back', ...target, '--revision', 'others']);
    expect([finished.exitCode, calls]).toEqual([0, []]);
    expect(finished.stdout).toContain('Nothing to roll back: somebody else deploys');
  });
});
