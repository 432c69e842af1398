import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildToFolder } from './build-image.ts';
import { digestOf, fileOf } from './image-layout.ts';
import { versionOf } from './version.ts';
import { read, root, run, setOutput, summarise, variable } from './workflow.ts';

const work = join(root, '.cache', 'release');
const layout = join(work, 'image');

/** Builds the image of this commit, and leaves its bill of materials beside it, for the scan before the push. */
export function buildImage(): void {
  rmSync(layout, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  buildToFolder(variable('GITHUB_SHA'), layout);
  const bill = join(work, 'sbom.cdx.json');
  writeFileSync(bill, fileOf(layout, 'app/sbom.cdx.json'));
  setOutput('sbom', bill);
  setOutput('digest', digestOf(layout));
}

/** Pushes it without a tag: those of several processors become one image first. */
export function pushImage(repository: string): void {
  const digest = digestOf(layout);
  run('skopeo', ['copy', '--preserve-digests', `oci:${layout}`, `docker://${repository}@${digest}`]);
  const digests = join(work, 'digests');
  mkdirSync(digests, { recursive: true });
  // A file of its name, which a later job finds among those of the other machines.
  writeFileSync(join(digests, digest.replace(':', '-')), '');
  setOutput('digest', digest);
}

/**
 * Makes one image of those that were pushed, from which each machine takes the one for its processor. One of the same
 * images that an interrupted release pushed is taken as it is.
 *
 * @param names the files that {@link pushImage} left
 * @throws Error when the version is in the registry with other images: what was released stays what it was
 */
export function pushIndex(repository: string, names: readonly string[]): void {
  const digests = names.map((name) => name.replace('-', ':')).sort();
  if (digests.length === 0) throw new Error('no digest is given');
  const version = versionOf(root);
  const tagged = `${repository}:${version}`;
  const there = read('skopeo', ['inspect', '--raw', `docker://${tagged}`], /(?:manifest|name) unknown/i);
  if (there !== undefined) {
    const { manifests = [] } = JSON.parse(there) as { manifests?: readonly { digest: string }[] };
    const same =
      manifests
        .map(({ digest }) => digest)
        .sort()
        .join() === digests.join();
    if (!same) throw new Error(`${tagged} was released already: a release needs a version of its own`);
    said(tagged, `sha256:${createHash('sha256').update(there).digest('hex')}`);
    return;
  }
  const list = `day-trade-${version}`;
  run('buildah', ['manifest', 'create', list]);
  for (const digest of digests) {
    run('buildah', ['manifest', 'add', list, `docker://${repository}@${digest}`]);
  }
  const file = join(work, 'index-digest');
  run('buildah', ['manifest', 'push', '--digestfile', file, list, `docker://${tagged}`]);
  said(tagged, readFileSync(file, 'utf8').trim());
}

function said(tagged: string, digest: string): void {
  setOutput('digest', digest);
  summarise(`Image \`${tagged}\`, \`${digest}\``);
}
