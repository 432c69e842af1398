import { setTimeout as pause } from 'node:timers/promises';
import { killPod, kubectl } from '../cluster/kubectl.ts';
import type { Fault } from './fault.ts';
import { whatIsSeen } from './operator.ts';
import { ended, fetchOf, readyAfter, runningTraining } from './runs.ts';
import { onSmallVolume, type SmallVolume } from './small-volume.ts';

const awaySeconds = 60;

export const postgresqlKilled: Fault = {
  name: 'PostgreSQL killed in a training',
  happen: async (installation) => {
    const training = await runningTraining(installation, 81);
    await killPod(installation.namespace, 'postgresql-0');
    await pause(3000);
    const told = await whatIsSeen(installation.namespace);
    const recoverySeconds = await readyAfter(installation.namespace);
    return { told, recoverySeconds, data: ended(await installation.ended(training.id, 400)) };
  },
};

let volume: SmallVolume;

export const postgresqlFull: Fault = {
  name: 'the volume of PostgreSQL full, enlarged after 60 s',
  surround: ({ namespace }, action) =>
    onSmallVolume(namespace, async (small) => {
      volume = small;
      await action();
    }),
  happen: async (installation) => {
    volume.fill();
    const asked = await installation.start('startFetch', fetchOf('2024-04-01')).then(
      ({ id }) => id,
      (error: unknown) => `refused: ${error instanceof Error ? error.message : String(error)}`,
    );
    await pause(awaySeconds * 1000);
    const told = await whatIsSeen(installation.namespace);
    await volume.enlarge();
    const recoverySeconds = await readyAfter(installation.namespace);
    const data = asked.startsWith('refused') ? asked : ended(await installation.ended(asked, 400));
    return { told, recoverySeconds, data };
  },
};

/** Runs redis-cli in the pod of Redis. */
async function redis(namespace: string, ...command: readonly string[]): Promise<string> {
  const script =
    'export REDISCLI_AUTH="$(cat /run/secrets/day-trade/password/redis-password)"; exec redis-cli -h localhost ' +
    '--tls --cacert /run/secrets/day-trade/tls/ca.crt --no-auth-warning "$@"';
  return await kubectl(['exec', 'redis-0', '-n', namespace, '--', 'sh', '-c', script, 'redis', ...command]);
}

export const redisFull: Fault = {
  name: 'Redis full for 30 s',
  happen: async (installation) => {
    const { namespace } = installation;
    const [, before = '0'] = (await redis(namespace, 'CONFIG', 'GET', 'maxmemory')).trim().split('\n');
    await redis(namespace, 'CONFIG', 'SET', 'maxmemory', '1mb');
    const { id } = await installation.start('startFetch', fetchOf('2024-05-01'));
    await pause(30_000);
    const told = await whatIsSeen(namespace);
    await redis(namespace, 'CONFIG', 'SET', 'maxmemory', before);
    const started = performance.now();
    const run = await installation.ended(id, 400);
    return { told, recoverySeconds: (performance.now() - started) / 1000, data: `${ended(run)}; asked for meanwhile` };
  },
};
