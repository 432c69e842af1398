import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { cache, goModule } from './programs.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- JSON schemas of others
type Schema = any;

/** Where kinds that Kubernetes itself lacks are defined: module at version, and files below it. */
const definitions: Readonly<Record<string, readonly string[]>> = {
  'sigs.k8s.io/gateway-api@v1.3.0': ['config/crd/standard/gateway.networking.k8s.io_httproutes.yaml'],
  'github.com/prometheus-operator/prometheus-operator@v0.85.0': [
    'example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
    'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
  ],
  'github.com/external-secrets/external-secrets@v0.19.2': [
    'config/crds/bases/external-secrets.io_externalsecrets.yaml',
  ],
  'github.com/kedacore/keda/v2@v2.17.2': ['config/crd/bases/keda.sh_scaledobjects.yaml'],
};

/**
 * The folder with a JSON schema for each kind of a Kubernetes version and of the projects above, made from their own
 * sources once. Every object is closed: a field that the version does not have is an error.
 */
export function kubernetesSchemas(version: string): string {
  const folder = join(cache, `schemas-${version}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const [name, schema] of [...kindsOfKubernetes(version), ...kindsOfOthers()]) {
    writeFileSync(join(unfinished, name), JSON.stringify(schema));
  }
  renameSync(unfinished, folder);
  return folder;
}

/** The path of a schema in kubeconform's own terms, to which the group of a kind of the core is its version. */
export const schemaPath = '{{.ResourceKind}}-{{.Group}}-{{.ResourceAPIVersion}}.json';

const fileName = (kind: string, group: string, version: string): string =>
  `${kind.toLowerCase()}-${group === '' ? version : group}-${version}.json`;

function* kindsOfKubernetes(version: string): Generator<[string, Schema]> {
  const folder = join(goModule(`k8s.io/kubernetes@v${version}`), 'api', 'openapi-spec', 'v3');
  for (const file of readdirSync(folder).filter((name) => /^apis?__/.test(name))) {
    const { components } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { components: Schema };
    for (const schema of Object.values<Schema>(components.schemas)) close(schema);
    for (const [name, schema] of Object.entries<Schema>(components.schemas)) {
      const kinds: Schema[] = schema['x-kubernetes-group-version-kind'] ?? [];
      if (kinds.length !== 1) continue;
      const [{ kind, group, version: kindVersion }] = kinds;
      yield [fileName(kind, group, kindVersion), { $ref: `#/components/schemas/${name}`, components }];
    }
  }
}

function* kindsOfOthers(): Generator<[string, Schema]> {
  for (const [module, files] of Object.entries(definitions)) {
    const folder = goModule(module);
    for (const file of files) {
      const { spec } = parse(readFileSync(join(folder, file), 'utf8')) as Schema;
      for (const version of spec.versions) {
        const schema = version.schema.openAPIV3Schema;
        close(schema);
        // The definition leaves the metadata open: Kubernetes knows it.
        schema.properties.metadata = { type: 'object' };
        yield [fileName(spec.names.kind, spec.group, version.name), schema];
      }
    }
  }
}

/** Refuses fields that are not named, in this schema and below it. */
function close(schema: Schema): void {
  if (typeof schema !== 'object' || schema === null) return;
  if (
    schema.properties &&
    schema.additionalProperties === undefined &&
    !schema['x-kubernetes-preserve-unknown-fields']
  ) {
    schema.additionalProperties = false;
  }
  for (const property of Object.values<Schema>(schema.properties ?? {})) close(property);
  if (schema.items) close(schema.items);
  if (typeof schema.additionalProperties === 'object') close(schema.additionalProperties);
}
