import { join } from 'node:path';
import { routes } from '@daytrade/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kubectl, kubectlJson } from '../kubernetes/cluster/kubectl.ts';
import { onCluster } from '../kubernetes/cluster/on-cluster.ts';
import { environments, helmFolder } from '../kubernetes/releases/environments.ts';
import { helm, upgrade } from '../kubernetes/releases/helm.ts';
import type { Installation } from '../kubernetes/releases/installation.ts';
import { productionWithModel } from '../kubernetes/releases/production.ts';
import { untilReady } from '../kubernetes/releases/until-ready.ts';
import { versions } from '../support/application-image.ts';
import { type Answered, underLoad } from '../support/load/under-load.ts';
import { repositoryRoot } from '../support/running-process.ts';
import { attempt, run, waitFor } from '../support/steps.ts';
import { loadWrongIntervals, wrongIntervals } from './wrong-intervals.ts';

const environment = environments.production;
const { namespace } = environment;
const requestsPerSecond = 30;

const steps: (readonly [step: string, command: string, result: string, seconds: string])[] = [];

/** Runs a step and writes its line of the table, also where it fails. */
function step(name: string, command: string, action: () => Promise<string>): void {
  it(`${name}: ${command}`, async () => {
    const started = performance.now();
    let result = 'failed';
    try {
      result = await action();
    } finally {
      steps.push([name, `\`${command}\``, result, ((performance.now() - started) / 1000).toFixed(0)]);
    }
  });
}

onCluster('production', () => {
  let installation: Installation;

  beforeAll(() => loadWrongIntervals(repositoryRoot));
  afterAll(async () => {
    await attempt('argo-rollouts', ['down']);
    console.log(
      ['', '| step | command | result | seconds |', '| --- | --- | --- | --- |', ...steps.map(lineOf)].join('\n'),
    );
  });

  step('install', environment.command, async () => {
    installation = await productionWithModel();
    const { predictions } = await installation.client('ml-service').call(routes.latestPredictions);
    return `every pod ready, ${predictions.length} predictions`;
  });

  for (const command of [
    `helm status day-trade-ml -n ${namespace}`,
    `helm upgrade --install day-trade-ml ./day-trade-ml --debug --dry-run --namespace ${namespace}`,
    `helm test day-trade-ml -n ${namespace}`,
    `kubectl get pods -n ${namespace}`,
    `kubectl describe pod postgresql-0 -n ${namespace}`,
    `kubectl logs deployment/ml-service -n ${namespace}`,
    `kubectl top nodes`,
    `kubectl top pods -n ${namespace}`,
  ]) {
    step('troubleshooting', command, async () => {
      const [program = '', ...args] = command.split(' ');
      const { stdout } = await run(program, args, { folder: helmFolder, timeoutSeconds: 300 });
      return `${stdout.trim().split('\n').length} lines`;
    });
  }

  step('switch the canary on', 'helm upgrade … --set canary.enabled=true', async () => {
    await run('argo-rollouts', ['up'], { timeoutSeconds: 300 });
    await deploy(versions.first);
    await phase('Healthy', 600);
    return 'the Rollout is healthy';
  });

  step('a version that never gets ready', `--set image.tag=${versions.neverReady}`, () =>
    judged(versions.neverReady, 'Degraded'),
  );
  step('a version with other intervals', `--set image.tag=${wrongIntervals}`, () => judged(wrongIntervals, 'Degraded'));
  step('a good version', `--set image.tag=${versions.second}`, () => judged(versions.second, 'Healthy'));

  step('rotate the passwords', `rotate-secrets.sh ${namespace} database-password redis-password`, async () => {
    const script = join(repositoryRoot, 'infrastructure/kubernetes/rotate-secrets.sh');
    const answered = await underPredictionLoad(async () => {
      await run('bash', [script, namespace, 'database-password', 'redis-password'], { timeoutSeconds: 900 });
      await untilReady(namespace, 300);
    });
    return `every pod ready, ${answered.failed} of ${answered.requests} requests failed`;
  });

  step('destroy', `helm uninstall day-trade-ml -n ${namespace}`, async () => {
    await helm(['uninstall', 'day-trade-ml', '-n', namespace, '--wait', '--timeout', '5m']);
    return (await kubectl(['get', 'deployments,statefulsets', '-n', namespace, '--output=name'])) || 'nothing runs';
  });

  /** Does something while the ML service is asked for the newest predictions. */
  async function underPredictionLoad(action: () => Promise<void>): Promise<Answered> {
    const url = `${installation.addressOf('ml-service')}/v1/predictions/latest`;
    return await underLoad({ url, token: installation.token, requestsPerSecond }, action);
  }

  /** Rolls a version out under load, and waits for the verdict of its analysis. */
  async function judged(version: string, verdict: 'Healthy' | 'Degraded'): Promise<string> {
    const answered = await underPredictionLoad(async () => {
      await deploy(version);
      await phase(verdict, 900);
    });
    const { status } = await rollout();
    expect(answered.failed).toBe(0);
    const outcome = verdict === 'Healthy' ? 'promoted' : `aborted (${status.message})`;
    return `${outcome}, ${answered.failed} of ${answered.requests} requests failed`;
  }

  async function deploy(version: string): Promise<void> {
    const scrapers = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'argo-rollouts' } } }];
    const canary = { enabled: true, steps: [30], measurements: 3, intervalSeconds: 10, readySeconds: 60 };
    // The pods of the Rollout start beside those of the Deployment that it takes over, on one small node.
    const requests = { cpu: '20m', memory: '384Mi' };
    const values = [
      `canary=${JSON.stringify(canary)}`,
      `networkPolicy.scrapers=${JSON.stringify(scrapers)}`,
      `mlService.resources.requests=${JSON.stringify(requests)}`,
    ];
    await upgrade(environment, ['--set', `image.tag=${version}`, ...values.flatMap((value) => ['--set-json', value])]);
  }
});

interface Rollout {
  readonly status: {
    readonly phase?: string;
    readonly message?: string;
    /** Of the Deployment that it replaces. */
    readonly workloadObservedGeneration?: string;
  };
}

const rollout = () => kubectlJson<Rollout>(['get', 'rollout', 'ml-service', '--namespace', namespace]);

/** Waits until the newest version has been taken up, and has come to an end. */
async function phase(wanted: string, timeoutSeconds: number): Promise<void> {
  await waitFor(`the rollout to be ${wanted}`, timeoutSeconds, async () => {
    const { status } = await rollout();
    const question = ['get', 'deployment', 'ml-service', '--namespace', namespace];
    const { metadata } = await kubectlJson<{ metadata: { generation: number } }>(question);
    if (status.workloadObservedGeneration !== String(metadata.generation) || status.phase !== wanted) {
      throw new Error(`the rollout is ${status.phase}: ${status.message}`);
    }
    return true;
  });
}

const lineOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
