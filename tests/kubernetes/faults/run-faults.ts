/**
 * Makes things go wrong on a real cluster, one after the other, and says what failed, for how long, and what an
 * operator saw: `npm run cluster-faults [-- NAME...]`, where a name is a part of a fault's. Takes half an hour; without
 * names it writes docs/cluster-faults.md. It installs production in the namespace day-trade, and removes it at the end.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { stopEveryLoad } from '../../support/load/start-load.ts';
import { repositoryRoot } from '../../support/running-process.ts';
import { namespaces, removeNamespaces } from '../cluster/namespaces.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { watchCluster } from '../cluster/watch-cluster.ts';
import { loadImages } from '../images/load-images.ts';
import { productionWithModel } from '../releases/production.ts';
import { withoutApi, withoutDns } from './cluster-parts.ts';
import type { Fault } from './fault.ts';
import { probed } from './probe.ts';
import { installKilled, rotated, twoHelms, wrongTag } from './releases.ts';
import { failuresOf, faultsPage, type Happened } from './report.ts';
import { postgresqlFull, postgresqlKilled, redisFull } from './servers.ts';

const faults: readonly Fault[] = [
  postgresqlKilled,
  postgresqlFull,
  redisFull,
  withoutDns,
  withoutApi,
  twoHelms,
  wrongTag,
  rotated,
];
/** Faults that the watch over the cluster would mend at once. */
const unwatched: readonly Fault[] = [withoutDns, withoutApi];
const wanted = process.argv.slice(2);
const chosen = (name: string): boolean => wanted.length === 0 || wanted.some((part) => name.includes(part));
const killedName = 'the first helm install killed';

const access = await openCluster();
if ('missing' in access) {
  console.error(`no fault can happen: ${access.missing}`);
  process.exit(5);
}
if (access.packs) await loadImages(repositoryRoot, (line) => console.log(line));
const happened: Happened[] = [];
try {
  if (chosen(killedName)) {
    await removeNamespaces();
    await note({ name: killedName, services: [], ...(await installKilled()) });
  }
  const installation = await productionWithModel();
  for (const fault of faults.filter(({ name }) => chosen(name))) {
    // A program of the cluster that ends by itself is not a fault of the release.
    const stopWatch = access.packs && !unwatched.includes(fault) ? watchCluster() : undefined;
    try {
      const happen = async () => {
        const { value, services } = await probed(installation, () => fault.happen(installation));
        await note({ name: fault.name, services, ...value });
      };
      await (fault.surround?.(installation, happen) ?? happen());
    } finally {
      await stopWatch?.();
    }
  }
} finally {
  stopEveryLoad();
}
if (wanted.length === 0) {
  writeFileSync(join(repositoryRoot, 'docs', 'cluster-faults.md'), faultsPage(happened, `${cpus().length} processors`));
  console.log('wrote docs/cluster-faults.md');
  await removeNamespaces();
} else
  console.log(`\n${faultsPage(happened, 'this machine')}\nthe release stays in the namespace ${namespaces.production}`);

async function note(one: Happened): Promise<void> {
  happened.push(one);
  console.log(`\n${one.name}\n  failed requests: ${failuresOf(one.services)}`);
  if (one.recoverySeconds !== undefined) console.log(`  recovery: ${one.recoverySeconds.toFixed(1)} s`);
  console.log(`  data and runs: ${one.data}\n  told: ${one.told.join('\n        ')}`);
}
