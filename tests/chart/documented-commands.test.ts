import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onPath } from '../support/packed-programs.ts';
import { commandsOf, namesIn, objectsNamedBy, pages, valuesKeysOf } from './documented-commands.ts';
import { chart, root } from './programs.ts';
import { renderedObjects } from './rendered.ts';
import { kubernetesVersions, variants } from './variants.ts';
import { withPrograms } from './with-programs.ts';

/** What the commands themselves make, or a user does before. */
const madeByHand = ['Job/backup-now', 'Secret/day-trade-secrets', 'Secret/day-trade-tls', 'Secret/generic'];

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly { readonly $ref: string }[];
}
const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')) as Schema & {
  readonly definitions: Readonly<Record<string, Schema>>;
};

/** Whether a key of values exists, however deep; below an open map every key does. */
function isValue(key: string, from: Schema = schema): boolean {
  const [first = '', ...rest] = key.split('.');
  const reference = from.allOf?.[0]?.$ref.split('/').at(-1);
  const whole = reference === undefined ? from : (schema.definitions[reference] as Schema);
  const pattern = Object.keys(whole.patternProperties ?? {}).find((one) => new RegExp(one).test(first));
  if (whole.properties === undefined && pattern === undefined) return whole.patternProperties === undefined;
  const next = whole.properties?.[first] ?? whole.patternProperties?.[pattern ?? ''];
  return next !== undefined && (rest.length === 0 || isValue(rest.join('.'), next));
}

it('reads commands from many pages', () => {
  expect(pages.length).toBeGreaterThan(14);
  expect(pages.flatMap(commandsOf).length).toBeGreaterThan(60);
});

it('would find a name and a key that are not there', () => {
  expect(objectsNamedBy('kubectl -n day-trade exec postgres-0 -- df -h /')).toEqual(['Pod/postgres-0']);
  expect(objectsNamedBy('kubectl -n day-trade rollout restart deploy/ml')).toEqual(['Deployment/ml']);
  expect(objectsNamedBy('kubectl -n day-trade patch pvc data-0 -p {}')).toEqual(['PersistentVolumeClaim/data-0']);
  expect(isValue('postgresql.persistence.size')).toBe(false);
  expect(isValue('postgresql.primary.persistence.size')).toBe(true);
});

describe.each(pages)('%s', (page) => {
  it('names keys of values that the chart has', () => {
    const keys = valuesKeysOf(page, Object.keys(schema.properties ?? {}));
    expect(keys.filter((key) => !isValue(key))).toEqual([]);
  });

  it('names files that are there', () => {
    const paths = commandsOf(page).flatMap(({ command }) =>
      [
        ...command.matchAll(
          /(?:-f|-k|--values|\.\/day-trade-ml|infrastructure\/\S+) ?([\w./-]+\.ya?ml|infrastructure\/[\w./-]+)/g,
        ),
      ].map(([, path = '']) => path),
    );
    const folders = [root, join(root, 'infrastructure/helm'), dirname(join(root, page))];
    expect(paths.filter((path) => !folders.some((folder) => existsSync(join(folder, path))))).toEqual([]);
  });
});

withPrograms(['helm'], 'the commands of the pages', () => {
  const objects = onPath('helm') ? variants.flatMap((variant) => renderedObjects(variant, kubernetesVersions[2])) : [];
  const names = new Set([...namesIn(objects), ...madeByHand]);
  const components = new Set(
    objects.map(({ metadata }) => metadata.labels?.['app.kubernetes.io/component']).filter(Boolean),
  );

  it.each(pages)('name objects and components that an installation has: %s', (page) => {
    const commands = commandsOf(page);
    const wrong = commands.flatMap(({ command }) => [
      ...objectsNamedBy(command).filter((name) => !names.has(name)),
      ...[...command.matchAll(/app\.kubernetes\.io\/component=([a-z-]+)/g)]
        .filter(([, component]) => !components.has(component))
        .map(([selector]) => selector),
    ]);
    expect(wrong).toEqual([]);
  });
});
