// Packs and loads the images that the chart names into the cluster of KUBECONFIG, or into one that `cluster up` starts:
//   npm run images
import { join } from 'node:path';
import { openCluster } from '../tests/kubernetes/cluster/open-cluster.ts';
import { loadImages } from '../tests/kubernetes/images/load-images.ts';

const started = performance.now();
const access = await openCluster();
if ('missing' in access) {
  console.error(`no image is packed: ${access.missing}`);
  process.exit(5);
}
if (!access.packs) {
  console.error('no image is packed: the command `cluster`, which packs and loads them, is not on the PATH');
  process.exit(5);
}
await loadImages(join(import.meta.dirname, '..'), (line) => console.error(line));
console.error(`ready after ${((performance.now() - started) / 1000).toFixed(1)} s: KUBECONFIG=${access.kubeconfig}`);
