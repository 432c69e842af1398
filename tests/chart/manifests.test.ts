import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allManifests, identity } from '../../infrastructure/kubernetes/write-manifests.ts';
import { onPath } from '../support/packed-programs.ts';
import { manifests } from './programs.ts';
import { objectsOf } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

const read = (file: string): string => readFileSync(join(manifests, file), 'utf8');

withPrograms(['helm'], 'the manifests', () => {
  const made = onPath('helm') ? allManifests() : new Map<string, string>();

  it('are what write-manifests.ts makes of the chart now', () => {
    expect(made.size).toBeGreaterThan(8);
    for (const [file, text] of made) expect(read(file), file).toBe(text);
  });

  it('hold no file that the chart does not make, but the namespace and the Job that makes the Secret', () => {
    const written = globSync('base/*', { cwd: manifests }).filter((file) => !made.has(file));
    expect(written.sort()).toEqual(['base/namespace.yaml', 'base/secrets.yaml']);
  });

  it('are applied from base/ in the order of the two commands: the namespace is in a file of its own', () => {
    const objects = objectsOf(read('base/namespace.yaml'));
    expect(objects.map(identity)).toEqual(['Namespace/day-trade']);
    expect(objects[0]?.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });
});
