import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes an image of one layer, which has a bill of materials and nothing else, as an OCI layout. */
export function writeImageLayout(folder: string): void {
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const content = join(folder, 'content', 'app');
  mkdirSync(content, { recursive: true });
  writeFileSync(join(content, 'sbom.cdx.json'), JSON.stringify({ bomFormat: 'CycloneDX', components: [] }));
  const layer = join(folder, 'layer.tar.gz');
  execFileSync('tar', ['--create', '--gzip', '--file', layer, '--directory', join(folder, 'content'), 'app']);
  const add = (bytes: Buffer) => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(blobs, hash), bytes);
    return { digest: `sha256:${hash}` };
  };
  const manifest = add(Buffer.from(JSON.stringify({ layers: [add(readFileSync(layer))] })));
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ manifests: [manifest] }));
}
