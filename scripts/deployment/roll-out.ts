import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, copySecrets, namespaceOptions } from './cluster.ts';
import { readIfThere, run, setOutput, summarise } from './programs.ts';
import { repositoryOf } from './registry.ts';
import { isLocked, type Revision, revisionToReturnTo, servingRevision } from './release-history.ts';
import { chartFolder, namespaces, release, type Target, valuesFiles } from './targets.ts';

const folder = chartFolder;
/** What {@link rememberRevision} gives where nothing serves yet. */
const none = 'none';

/**
 * Says which revision serves now, for the way back, and frees the release of an upgrade that was interrupted. Done
 * before anything is changed, in a step of its own, so that it is known whatever happens afterwards.
 * @throws Error where a first installation was interrupted, which helm neither goes on with nor goes back from
 */
export function rememberRevision(target: Target): void {
  connect(target);
  const revisions = history(target);
  const before = servingRevision(revisions);
  setOutput('revision', before === undefined ? none : String(before));
  if (!isLocked(revisions)) return;
  if (before === undefined) {
    const place = `--namespace ${namespaces[target.environment]}`;
    throw new Error(`the first installation was interrupted: helm uninstall ${release} ${place}, and deploy again`);
  }
  console.error(`an upgrade was interrupted: the release goes back to revision ${before} first`);
  rollBackTo(target, before);
  setOutput('revision', String(servingRevision(history(target))));
}

/**
 * Rolls out an image by its digest and waits for it: the chart migrates the database before any pod changes, and each
 * pod is replaced when the new one is ready. Then the chart's test asks every service.
 */
export function rollOut(target: Target, digest: string): void {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Error(`--digest ${digest}: sha256:<64 hex digits>`);
  const outputs = connect(target);
  const made = namespaceOptions(target, outputs);
  copySecrets(target, outputs);
  const fromTerraform = 'values.outputs.yaml';
  const written = outputs.chart_values ?? outputs.values_azure;
  writeFileSync(join(folder, fromTerraform), typeof written === 'string' ? written : '{}\n');
  const files = [...valuesFiles(target), fromTerraform].flatMap((file) => ['--values', file]);
  const outside = target.cloud === 'azure' ? ['--set', 'postgresql.enabled=false,redis.enabled=false'] : [];
  const image = ['--set', `image.repository=${repositoryOf(outputs)},image.digest=${digest}`];
  const place = ['--namespace', namespaces[target.environment]];
  const args = ['upgrade', '--install', release, `./${release}`, ...place, ...made, ...files, ...outside, ...image];
  run('helm', [...args, '--wait', '--timeout', '15m'], { folder });
  test(target);
  summarise(`Rolled out \`${digest}\` to ${namespaces[target.environment]}`);
}

/**
 * Goes back to the revision that served before a deployment that failed, and asks every service again.
 * @param remembered what {@link rememberRevision} gave; empty where the deployment did not come that far
 * @throws Error after a first installation, which has nothing to go back to
 */
export function rollBack(target: Target, remembered: string): void {
  if (remembered === '') {
    summarise('Nothing to roll back: the deployment failed before it reached the cluster');
    return;
  }
  if (remembered === none) {
    throw new Error('no earlier revision: a first installation stays as it is, for a look; mend it and deploy again');
  }
  const before = Number(remembered);
  connect(target);
  const revision = revisionToReturnTo(history(target), before);
  if (revision === undefined) {
    summarise(`Revision ${before} still serves: the deployment failed before it changed anything`);
    return;
  }
  rollBackTo(target, revision);
  test(target);
  summarise(`Rolled back to revision ${revision}`);
}

function rollBackTo(target: Target, revision: number): void {
  const place = ['--namespace', namespaces[target.environment]];
  run('helm', ['rollback', release, String(revision), ...place, '--wait', '--timeout', '10m'], { folder });
}

function test(target: Target): void {
  run('helm', ['test', release, '--namespace', namespaces[target.environment], '--logs'], { folder });
}

/** @throws Error where it cannot be read: a deployment that took that for a first one would find no way back */
function history(target: Target): readonly Revision[] {
  const args = ['history', release, '--namespace', namespaces[target.environment], '--output', 'json'];
  return JSON.parse(readIfThere('helm', args, /release: not found/) ?? '[]') as Revision[];
}
