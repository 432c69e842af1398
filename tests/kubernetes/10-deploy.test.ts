import { afterAll, beforeAll, expect, it } from 'vitest';
import { versions } from '../support/application-image.ts';
import { waitFor } from '../support/command.ts';
import { figure } from '../support/figure.ts';
import { describeLoad } from '../support/load/load-report.ts';
import { stopEveryLoad } from '../support/load/start-load.ts';
import { RunningProcess, stopEverything } from '../support/running-process.ts';
import { kubectl, podsOf } from './cluster/kubectl.ts';
import { ownNamespace, removeNamespace } from './cluster/namespaces.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { measures } from './load/measures.ts';
import { underLoad } from './load/under-load.ts';
import { environments } from './releases/environments.ts';
import { helm } from './releases/helm.ts';
import { Installation } from './releases/installation.ts';

const { namespace } = environments.development;
const place = ['--environment', 'development'];
const values = ['tests/kubernetes/values.stand-in-images.yaml', 'tests/kubernetes/values.tiny.yaml'];

/** Starts `daytrade deploy`, as somebody with a clone does. */
function started(...args: readonly string[]): RunningProcess {
  return new RunningProcess(process.execPath, ['apps/cli/src/main.ts', 'deploy', ...args, ...place, '--json'], {
    timeoutSeconds: 420,
  });
}

async function daytrade(...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await started(...args).finished;
  const error = /^\{"error".*\}$/m.exec(stderr)?.[0];
  return { exitCode, stderr, value: JSON.parse(stdout || 'null'), error: JSON.parse(error ?? 'null')?.error };
}

const version = (tag: string) => ['kubernetes', '--image', `day-trade:${tag}`, '--values', ...values, '--yes'];

onCluster('daytrade deploy kubernetes', () => {
  beforeAll(async () => {
    await removeNamespace(namespace);
  });
  afterAll(async () => {
    stopEveryLoad();
    await stopEverything();
    await removeNamespace(namespace);
  });

  it('installs, and a version that never gets ready leads back by itself, with the cause', async () => {
    const installed = await daytrade(...version(versions.first));
    expect(installed.exitCode, installed.stderr).toBe(0);
    await ownNamespace(namespace);
    const failed = await daytrade(...version(versions.neverReady), '--wait-seconds', `${measures.neverReadySeconds}`);
    expect(failed.exitCode, failed.stderr).toBe(5);
    expect(failed.error.code).toBe('deployment.failed');
    expect(failed.error.details).toMatchObject({ serving: 1, record: { outcome: 'rolled back' } });
    expect(failed.error.details.containers[0].state).toMatch(/probe failed|not ready/);
    expect(await images()).toEqual([`day-trade:${versions.first}`]);
  });

  it('killed, leaves a lock that names it, and the next one takes over what it left pending', async () => {
    const killed = started(...version(versions.neverReady));
    await waitFor('helm to have begun', 120, async () => (await holder()).program?.name === 'helm');
    await waitFor('an upgrade under way', 120, async () => (await newestStatus()) === 'pending-upgrade');
    const { pid, program } = await holder();
    process.kill(pid, 'SIGKILL');
    await killed.finished.catch(() => undefined);
    const refused = await daytrade(...version(versions.second));
    expect(refused.exitCode).toBe(4);
    expect(refused.error.details.checks[0].message).toMatch(new RegExp(`process ${pid} .* it no longer runs`));
    expect(refused.error.details.checks[0].mend).toContain('--take-over');
    const next = await daytrade(...version(versions.second), '--take-over');
    expect(next.exitCode, next.stderr).toBe(0);
    expect(next.stderr).toContain(`its process ${pid}`);
    expect(next.stderr).toMatch(/was interrupted \(pending-upgrade\)|was ended/);
    expect(() => process.kill(program?.pid ?? 0, 0), 'its helm is gone').toThrow();
    expect(await images()).toEqual([`day-trade:${versions.second}`]);
    const { value } = await daytrade('history');
    expect(value.releases.map(({ outcome }: { outcome: string }) => outcome).slice(0, 2)).toEqual([
      'serving',
      'interrupted',
    ]);
    const status = await daytrade('status');
    expect(status.value).toMatchObject({ lock: null, serving: { image: `day-trade:${versions.second}` } });
  });

  it('goes back to an earlier version, and says who, what and why', async () => {
    // One pod of each part on a machine that others use says little of a load, so only a machine of its own is judged.
    if (measures.judgesLatency) await underLoadWithoutFailure(() => goBackTo(1));
    else await goBackTo(1);
    expect(await images()).toEqual([`day-trade:${versions.first}`]);
    const { value } = await daytrade('history');
    expect(value.releases[0]).toMatchObject({
      what: 'rollback to 1',
      why: 'the newer one is worse',
      from: { image: `day-trade:${versions.second}` },
      to: { image: `day-trade:${versions.first}` },
      outcome: 'serving',
    });
  });

  it.runIf(measures.judgesLatency)(
    'goes back to any of the last five, the oldest first',
    async () => {
      for (const tag of [versions.second, versions.first, versions.second, versions.first, versions.second]) {
        const { exitCode, stderr } = await daytrade(...version(tag));
        expect(exitCode, stderr).toBe(0);
      }
      const refused = await daytrade('rollback', '999', '--yes');
      const allowed = refused.error.details.allowed as readonly number[];
      expect(allowed).toHaveLength(5);
      for (const earlier of allowed.toReversed()) await underLoadWithoutFailure(() => goBackTo(earlier));
    },
    1_200_000,
  );
});

async function goBackTo(earlier: number): Promise<number> {
  const back = await daytrade('rollback', `${earlier}`, '--yes', '--why', 'the newer one is worse');
  expect(back.exitCode, back.stderr).toBe(0);
  const { trafficSeconds, rolledOutSeconds } = back.value.record;
  figure(`deploy: rollback to ${earlier} until it has all requests`, trafficSeconds, 's');
  figure(`deploy: rollback to ${earlier} until the newer version has ended`, rolledOutSeconds, 's');
  return trafficSeconds as number;
}

async function underLoadWithoutFailure(goBack: () => Promise<number>): Promise<void> {
  const load = { path: '/v1/models', seconds: 10, requestsPerSecond: 100 };
  let seconds = Number.NaN;
  const figures = await underLoad(await Installation.open(namespace), load, async () => {
    seconds = await goBack();
  });
  figure(`load: rolled back by daytrade: ${describeLoad(figures)}`, '');
  expect(figures.failed).toBe(0);
  expect(seconds).toBeLessThanOrEqual(15);
}

async function holder(): Promise<{ pid: number; program?: { pid: number; name: string } }> {
  const text = await kubectl(['get', 'configmap', 'day-trade-deployment', '--namespace', namespace, '--output=json']);
  return JSON.parse(JSON.parse(text).data.holder);
}

async function newestStatus(): Promise<string | undefined> {
  const text = await helm(['history', 'day-trade-ml', '--namespace', namespace, '--output', 'json']);
  return (JSON.parse(text) as { status: string }[]).at(-1)?.status;
}

async function images(): Promise<readonly string[]> {
  return (await podsOf(namespace, 'ml-service')).flatMap(({ spec }) => spec.containers.map(({ image }) => image));
}
