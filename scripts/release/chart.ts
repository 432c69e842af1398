import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { root, run, setOutput, summarise } from './workflow.ts';

export interface ReleasedImage {
  /** Its name, without tag and digest. */
  readonly repository: string;
  readonly digest: string;
}

const chart = 'day-trade-ml';

/** Copies the chart with the image of a release in its values; comments and all other values stay as they are. */
export function copyChart({ repository, digest }: ReleasedImage, folder: string): void {
  cpSync(join(root, 'infrastructure', 'helm', chart), folder, { recursive: true });
  const values = join(folder, 'values.yaml');
  const document = parseDocument(readFileSync(values, 'utf8'));
  document.setIn(['image', 'repository'], repository);
  document.setIn(['image', 'digest'], digest);
  writeFileSync(values, document.toString({ lineWidth: 0 }));
}

/**
 * Packages the chart of a release and pushes it.
 *
 * @param registry where charts lie, as `ghcr.io/owner/charts`
 */
export function releaseChart(image: ReleasedImage, registry: string): void {
  const work = join(root, '.cache', 'release', 'chart');
  rmSync(work, { recursive: true, force: true });
  copyChart(image, join(work, chart));
  const { version } = parseDocument(readFileSync(join(work, chart, 'Chart.yaml'), 'utf8')).toJS() as {
    version: string;
  };
  run('helm', ['package', join(work, chart), '--destination', work]);
  const archive = join(work, `${chart}-${version}.tgz`);
  const plain = /^(localhost|127\.0\.0\.1):/.test(registry) ? ['--plain-http'] : [];
  run('helm', ['push', archive, `oci://${registry}`, ...plain]);
  setOutput('chart', archive);
  summarise(`Chart \`oci://${registry}/${chart}\`, version ${version}`);
}
