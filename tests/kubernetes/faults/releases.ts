import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { attempt, run, waitFor } from '../../support/command.ts';
import { repositoryRoot } from '../../support/running-process.ts';
import { kubectl } from '../cluster/kubectl.ts';
import { ownNamespace } from '../cluster/namespaces.ts';
import { environments, helmFolder } from '../releases/environments.ts';
import { attemptUpgrade, helm, install, upgrade } from '../releases/helm.ts';
import { untilReady } from '../releases/until-ready.ts';
import type { Fault, Finding } from './fault.ts';
import { saidBy } from './operator.ts';
import { readyAfter } from './runs.ts';

const environment = environments.production;
const { namespace } = environment;

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Of an install no load is asked, as nothing is there yet; it makes the release that the other faults happen to. */
export async function installKilled(): Promise<Finding> {
  const [program = '', ...args] = environment.command.split(' ');
  const child = spawn(program, [...args, ...environment.fitting, '--wait'], { cwd: helmFolder, stdio: 'ignore' });
  const gone = new Promise((resolve) => child.on('close', resolve));
  await waitFor(
    'the release to be begun',
    60,
    async () => {
      const { exitCode } = await attempt('helm', ['status', 'day-trade-ml', '--namespace', namespace]);
      return exitCode === 0;
    },
    50,
  );
  await ownNamespace(namespace);
  child.kill('SIGKILL');
  await gone;
  const told = [
    `helm status: ${/STATUS: .*/.exec(await run('helm', ['status', 'day-trade-ml', '--namespace', namespace]))?.[0]}`,
    await saidBy(`helm rollback day-trade-ml --namespace ${namespace}`),
    await saidBy(`helm uninstall day-trade-ml --namespace ${namespace}`),
  ];
  return {
    told,
    recoverySeconds: await install(environment),
    data: 'none yet; Secrets and claims are kept and used again',
  };
}

export const twoHelms: Fault = {
  name: 'two helm upgrades at once',
  happen: async () => {
    const first = attemptUpgrade(environment, ['--set', 'mlService.podAnnotations.round=one']);
    await pause(500);
    const second = attemptUpgrade(environment, ['--set', 'mlService.podAnnotations.round=two']);
    const told = (await Promise.all([first, second])).map(
      ({ exitCode, stderr }, index) =>
        `the ${['first', 'second'][index]} (${exitCode}): ${lastLine(stderr) || 'deployed'}`,
    );
    return { told, recoverySeconds: await readyAfter(namespace), data: 'the values of the one that went on' };
  },
};

export const wrongTag: Fault = {
  name: 'a tag that does not exist, then a rollback',
  happen: async () => {
    const failed = await attemptUpgrade(environment, ['--set', 'image.tag=9.9.9']);
    const told = [
      `helm upgrade (${failed.exitCode}, ${failed.seconds.toFixed(0)} s): ${lastLine(failed.stderr)}`,
      // Where the image was looked for is a matter of the machine.
      lastLine(
        await run('sh', [
          '-c',
          `kubectl get events -n ${namespace} --field-selector reason=Failed | grep 'Failed to pull'`,
        ]),
      )
        .replace(/\s+/g, ' ')
        .replace(/(image "[^"]+"): .*/, '$1: …'),
    ];
    const started = performance.now();
    await helm(['rollback', 'day-trade-ml', '--namespace', namespace]);
    await untilReady(namespace, 120);
    const jobs = await kubectl(['get', 'jobs', '-n', namespace, '--output=name']);
    const left = jobs.split('\n').filter((name) => /start-image|migrate-upgrade/.test(name));
    return {
      told: [...told, `jobs left by the hooks: ${left.length}`],
      recoverySeconds: (performance.now() - started) / 1000,
      data: 'untouched: the first Job of an upgrade fails before anything changes',
    };
  },
};

export const rotated: Fault = {
  name: 'passwords of PostgreSQL and Redis changed',
  happen: async () => {
    const script = join(repositoryRoot, 'infrastructure/kubernetes/rotate-secrets.sh');
    const { stdout, stderr, exitCode, seconds } = await attempt(
      'bash',
      [script, namespace, 'database-password', 'redis-password'],
      { timeoutSeconds: 900 },
    );
    if (exitCode !== 0) throw new Error(`rotate-secrets.sh ended with ${exitCode}:\n${stdout}\n${stderr}`);
    await untilReady(namespace, 120);
    await upgrade(environment);
    await untilReady(namespace, 120);
    return {
      told: stdout
        .trim()
        .split('\n')
        .filter((line) => line.endsWith('done')),
      recoverySeconds: seconds,
      data: 'an upgrade afterwards migrates and is ready',
    };
  },
};
