import { expect, it } from 'vitest';
import { changedObjects } from './objects.ts';

const object = (kind: string, name: string, value: number) =>
  ['# Source: chart', `kind: ${kind}`, 'metadata:', '  labels: { a: b }', `  name: ${name}`, `data: ${value}\n`].join(
    '\n',
  );
const manifest = (...objects: readonly string[]) => objects.map((text) => `---\n${text}`).join('');

it('a change of a release names the objects that it adds, changes and removes', () => {
  const before = manifest(object('Service', 'page', 1), object('Secret', 'old', 1), object('Service', 'same', 1));
  const inline = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: new }\n';
  const after = manifest(object('Service', 'same', 1), object('Service', 'page', 2), inline);
  expect(changedObjects(before, after)).toEqual([
    { object: 'ConfigMap/new', change: 'added' },
    { object: 'Secret/old', change: 'removed' },
    { object: 'Service/page', change: 'changed' },
  ]);
});
