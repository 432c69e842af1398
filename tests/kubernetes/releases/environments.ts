import { join } from 'node:path';
import { repositoryRoot } from '../../support/running-process.ts';
import { namespaces } from '../cluster/namespaces.ts';

export interface Environment {
  readonly namespace: string;
  /** The command as the specification writes it, from `infrastructure/helm`. */
  readonly command: string;
  /** What this cluster needs on top: images that can be had, and sizes that fit. */
  readonly fitting: readonly string[];
}

/** The folder that the specification's helm commands are run from. */
export const helmFolder = join(repositoryRoot, 'infrastructure', 'helm');

const valuesOf = (path: string) => ['--values', join(repositoryRoot, path)];
const images = valuesOf('tests/kubernetes/values.stand-in-images.yaml');
const smallNode = [...images, ...valuesOf('tests/kubernetes/values.small-node.yaml')];

export const environments = {
  development: {
    namespace: namespaces.development,
    command:
      'helm upgrade --install day-trade-ml ./day-trade-ml --namespace day-trade-dev --create-namespace --values ' +
      'values.development.yaml',
    fitting: images,
  },
  staging: {
    namespace: namespaces.staging,
    command:
      'helm upgrade --install day-trade-ml ./day-trade-ml --namespace day-trade-staging --create-namespace ' +
      '--values values.staging.yaml',
    fitting: smallNode,
  },
  production: {
    namespace: namespaces.production,
    command:
      'helm upgrade --install day-trade-ml ./day-trade-ml --namespace day-trade --create-namespace --values ' +
      'values.production.yaml',
    fitting: smallNode,
  },
} as const satisfies Readonly<Record<string, Environment>>;
