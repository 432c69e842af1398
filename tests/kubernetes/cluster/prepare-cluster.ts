import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { loadImages } from '../images/load-images.ts';
import { keepCluster } from './keep-cluster.ts';
import { removeNamespaces } from './namespaces.ts';
import { type ClusterAccess, openCluster } from './open-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: ClusterAccess;
  }
}

/**
 * Once for the whole suite: opens the cluster, packs the images, and clears what an earlier run left; at the end, what
 * this one left. With DAYTRADE_KEEP_RELEASES=1 both stay, for working on one scenario:
 * `npm run test:kubernetes -- tests/kubernetes/05`.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const access = await openCluster();
  project.provide('cluster', access);
  if ('missing' in access) {
    console.log(`the Kubernetes tests are skipped: ${access.missing}`);
    return undefined;
  }
  const started = performance.now();
  if (access.packs) await loadImages(join(import.meta.dirname, '..', '..', '..'), (line) => console.log(line));
  console.log(`figure: images packed and loaded ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const keeps = process.env.DAYTRADE_KEEP_RELEASES === '1';
  if (!keeps) await removeNamespaces();
  const stopWatch = access.packs ? keepCluster() : async () => undefined;
  return async () => {
    // Pods that end need the network that is kept.
    if (!keeps) await removeNamespaces();
    await stopWatch();
  };
}
