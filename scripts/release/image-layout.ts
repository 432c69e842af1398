import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read } from './workflow.ts';

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** The digest of the image in a folder in the layout of OCI. @throws Error when the folder has no image */
export function digestOf(layout: string): string {
  const [manifest] = json(join(layout, 'index.json')).manifests as { digest: string }[];
  if (manifest === undefined) throw new Error(`${layout} has no image`);
  return manifest.digest;
}

/** A file of that image, as text. @throws Error when no layer has it */
export function fileOf(layout: string, path: string): string {
  const blob = (digest: string) => join(layout, 'blobs', ...digest.split(':'));
  const { layers } = json(blob(digestOf(layout))) as { layers: readonly { digest: string }[] };
  for (const { digest } of layers.toReversed()) {
    const args = ['--extract', '--gzip', '--to-stdout', '--file', blob(digest), path];
    const found = read('tar', args, /Not found in archive/);
    if (found !== undefined) return found;
  }
  throw new Error(`no layer of the image has ${path}`);
}
