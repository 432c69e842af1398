import { describe, inject } from 'vitest';

const access = inject('cluster');
if (!('missing' in access)) {
  process.env.PATH = access.path;
  process.env.KUBECONFIG = access.kubeconfig;
}

/** Groups tests that need the cluster; without one they are skipped, and their name says why. */
export function onCluster(name: string, tests: () => void): void {
  if ('missing' in access) describe.skip(`${name} (skipped: ${access.missing})`, tests);
  else describe(name, tests);
}
