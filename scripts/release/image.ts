import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectIfThere } from '../../packages/deployment/src/registry.ts';
import { variable } from '../../packages/deployment/src/surroundings.ts';
import { buildToFolder } from '../deployment/build-image.ts';
import { digestOf, fileOf } from '../deployment/image-layout.ts';
import { versionOf } from '../deployment/version.ts';
import { setOutput, summarise, surroundings } from '../deployment/workflow.ts';

const { programs, root } = surroundings;
const work = join(root, '.cache', 'release');
const layout = join(work, 'image');

/** Builds the image of this commit, and leaves its bill of materials beside it, for the scan before the push. */
export async function buildImage(): Promise<void> {
  rmSync(layout, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await buildToFolder(surroundings, variable(surroundings, 'GITHUB_SHA'), layout);
  const bill = join(work, 'sbom.cdx.json');
  writeFileSync(bill, await fileOf(programs, layout, 'app/sbom.cdx.json'));
  setOutput('sbom', bill);
  setOutput('digest', digestOf(layout));
}

/** Pushes it without a tag: those of several processors become one image first. */
export async function pushImage(repository: string): Promise<void> {
  const digest = digestOf(layout);
  await programs.run('skopeo', ['copy', '--preserve-digests', `oci:${layout}`, `docker://${repository}@${digest}`]);
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
export async function pushIndex(repository: string, names: readonly string[]): Promise<void> {
  const digests = names.map((name) => name.replace('-', ':')).sort();
  if (digests.length === 0) throw new Error('no digest is given');
  const version = versionOf(root);
  const tagged = `${repository}:${version}`;
  const there = await inspectIfThere(programs, tagged, '--raw');
  if (there !== undefined) {
    const { manifests = [] } = JSON.parse(there) as { manifests?: readonly { digest: string }[] };
    const same =
      manifests
        .map(({ digest }) => digest)
        .sort()
        .join() === digests.join();
    if (!same) throw new Error(`${tagged} was released already: a release needs a version of its own`);
    return said(tagged, `sha256:${createHash('sha256').update(there).digest('hex')}`);
  }
  const list = `day-trade-${version}`;
  await programs.run('buildah', ['manifest', 'create', list]);
  for (const digest of digests) {
    await programs.run('buildah', ['manifest', 'add', list, `docker://${repository}@${digest}`]);
  }
  const file = join(work, 'index-digest');
  await programs.run('buildah', ['manifest', 'push', '--digestfile', file, list, `docker://${tagged}`]);
  said(tagged, readFileSync(file, 'utf8').trim());
}

function said(tagged: string, digest: string): void {
  setOutput('digest', digest);
  summarise(`Image \`${tagged}\`, \`${digest}\``);
}
