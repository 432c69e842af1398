import { closeSync, openSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { run, waitFor } from '../../support/command.ts';
import { kubectl, kubectlJson, podsOf } from '../cluster/kubectl.ts';
import { untilReady } from '../releases/until-ready.ts';

interface Volume {
  readonly spec: { readonly hostPath?: { readonly path: string }; readonly local?: { readonly path: string } };
}

const megabytes = 1024 * 1024;

/** A volume that can be filled and enlarged while it is used. */
export interface SmallVolume {
  readonly fill: () => void;
  readonly enlarge: () => Promise<void>;
}

/** PostgreSQL on a volume that can be filled and enlarged while it runs, as the cluster's own volumes know no size. */
export async function onSmallVolume<Value>(
  namespace: string,
  action: (volume: SmallVolume) => Promise<Value>,
): Promise<Value> {
  const folder = await folderOf(namespace, 'data-postgresql-0');
  const aside = `${folder}.aside`;
  await stopped(namespace, async () => {
    await run('cp', ['-a', folder, aside]);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=600m,mode=0777', 'day-trade-small-volume', folder]);
    await run('cp', ['-a', `${aside}/.`, folder]);
  });
  try {
    return await action({
      fill: () => fillUp(folder),
      enlarge: async () => void (await run('mount', ['-o', 'remount,size=2g', folder])),
    });
  } finally {
    await stopped(namespace, async () => {
      await run('rm', ['-rf', aside, join(folder, 'ballast')]);
      await run('cp', ['-a', folder, aside]);
      await run('umount', [folder]);
      await run('sh', ['-c', `rm -rf "${folder}"/* && cp -a "${aside}"/. "${folder}" && rm -rf "${aside}"`]);
    });
  }
}

/** Does something while PostgreSQL is stopped. */
async function stopped(namespace: string, action: () => Promise<void>): Promise<void> {
  await kubectl(['scale', 'statefulset/postgresql', '-n', namespace, '--replicas=0']);
  await waitFor('PostgreSQL to stop', 90, async () => (await podsOf(namespace, 'postgresql')).length === 0);
  await kubectl(['wait', '--for=delete', 'pod/postgresql-0', '-n', namespace, '--timeout=90s']);
  try {
    await action();
  } finally {
    await kubectl(['scale', 'statefulset/postgresql', '-n', namespace, '--replicas=1']);
  }
  await untilReady(namespace, 300);
}

/** Writes a file until nothing more fits. */
function fillUp(folder: string): void {
  const file = openSync(join(folder, 'ballast'), 'w');
  try {
    const block = Buffer.alloc(megabytes);
    while (statfsSync(folder).bavail > 0) writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

async function folderOf(namespace: string, claim: string): Promise<string> {
  const { spec } = await kubectlJson<{ spec: { volumeName: string } }>(['get', 'pvc', claim, '-n', namespace]);
  const volume = await kubectlJson<Volume>(['get', 'pv', spec.volumeName]);
  const folder = volume.spec.hostPath?.path ?? volume.spec.local?.path;
  if (folder === undefined) throw new Error(`the volume of ${claim} is not a folder of this machine`);
  return folder;
}
