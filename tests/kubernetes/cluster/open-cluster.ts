import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { attempt, run } from '../../support/steps.ts';

/** A cluster that can be used, or why there is none. */
export type ClusterAccess =
  | { readonly kubeconfig: string; readonly path: string; readonly packs: boolean }
  | { readonly missing: string };

/**
 * Finds a cluster: the one of KUBECONFIG, else one that `cluster up` starts. Tools of the started cluster go first on
 * the PATH. `packs` says whether images have to be packed for it; those of a cluster with a registry are pulled.
 */
export async function openCluster(): Promise<ClusterAccess> {
  const path = process.env.PATH ?? '';
  const packs = await exists('cluster', ['help']);
  if (process.env.KUBECONFIG !== undefined && existsSync(process.env.KUBECONFIG)) {
    return withTools({ kubeconfig: process.env.KUBECONFIG, path, packs });
  }
  if (!packs) return { missing: 'there is neither a KUBECONFIG nor the command `cluster` on the PATH' };
  if (process.getuid?.() !== 0) return { missing: '`cluster up` has to run as root' };
  await run('cluster', ['up'], { timeoutSeconds: 300 });
  const { stdout: variables } = await run('cluster', ['env']);
  const read = (name: string) => new RegExp(`^export ${name}=(.*)$`, 'm').exec(variables)?.[1] ?? '';
  return withTools({
    kubeconfig: read('KUBECONFIG'),
    path: [read('PATH').replace(':$PATH', ''), path].join(delimiter),
    packs,
  });
}

async function withTools(access: { kubeconfig: string; path: string; packs: boolean }): Promise<ClusterAccess> {
  process.env.PATH = access.path;
  process.env.KUBECONFIG = access.kubeconfig;
  for (const [command, args] of [
    ['kubectl', ['version', '--client']],
    ['helm', ['version']],
  ] as const) {
    if (!(await exists(command, args))) return { missing: `\`${command}\` is not on the PATH` };
  }
  const answer = await attempt('kubectl', ['get', '--raw', '/readyz'], { timeoutSeconds: 15 });
  return answer.exitCode === 0 ? access : { missing: `the cluster of ${access.kubeconfig} does not answer` };
}

async function exists(command: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await attempt(command, args, { timeoutSeconds: 30 })).exitCode === 0;
  } catch {
    return false;
  }
}
