import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, readVersion, root, run, setOutput, summarise, variable } from './workflow.ts';

const work = join(root, '.cache', 'release');
const layout = join(work, 'image');

/** Builds the image of this commit, and leaves its bill of materials beside it, for the scan before the push. */
export function buildImage(): void {
  rmSync(layout, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  buildToFolder(variable('GITHUB_SHA'), layout);
  const bill = join(work, 'sbom.cdx.json');
  writeFileSync(bill, readFileOfImage(layout, 'app/sbom.cdx.json'));
  setOutput('sbom', bill);
  setOutput('digest', readDigest(layout));
}

/** Pushes it without a tag: those of several processors become one image first. */
export function pushImage(repository: string): void {
  const digest = readDigest(layout);
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
  const version = readVersion(root);
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
    reportImage(tagged, `sha256:${createHash('sha256').update(there).digest('hex')}`);
    return;
  }
  const list = `day-trade-${version}`;
  run('buildah', ['manifest', 'create', list]);
  for (const digest of digests) {
    run('buildah', ['manifest', 'add', list, `docker://${repository}@${digest}`]);
  }
  const file = join(work, 'index-digest');
  run('buildah', ['manifest', 'push', '--digestfile', file, list, `docker://${tagged}`]);
  reportImage(tagged, readFileSync(file, 'utf8').trim());
}

function reportImage(tagged: string, digest: string): void {
  setOutput('digest', digest);
  summarise(`Image \`${tagged}\`, \`${digest}\``);
}

/** Builds the image of a commit, for this machine's processor, and writes it to a folder in the layout of OCI. */
function buildToFolder(revision: string, layout: string): void {
  const created = read('git', ['show', '--no-patch', '--format=%cI', revision]) ?? '';
  const facts = { VERSION: readVersion(root), REVISION: revision, CREATED: created.trim() };
  const args = Object.entries(facts).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const name = `day-trade:${revision}`;
  run('buildah', ['bud', '--file', 'infrastructure/docker/Dockerfile', ...args, '--tag', name, '.']);
  run('buildah', ['push', name, `oci:${layout}`]);
}

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** The digest of the image in a folder in the layout of OCI. @throws Error when the folder has no image */
function readDigest(layout: string): string {
  const [manifest] = json(join(layout, 'index.json')).manifests as { digest: string }[];
  if (manifest === undefined) throw new Error(`${layout} has no image`);
  return manifest.digest;
}

/** A file of that image, as text. @throws Error when no layer has it */
function readFileOfImage(layout: string, path: string): string {
  const blob = (digest: string) => join(layout, 'blobs', ...digest.split(':'));
  const { layers } = json(blob(readDigest(layout))) as { layers: readonly { digest: string }[] };
  for (const { digest } of layers.toReversed()) {
    const args = ['--extract', '--gzip', '--to-stdout', '--file', blob(digest), path];
    const content = read('tar', args, /Not found in archive/);
    if (content !== undefined) return content;
  }
  throw new Error(`no layer of the image has ${path}`);
}
