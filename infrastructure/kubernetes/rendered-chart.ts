import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as the chart renders it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  // oxlint-disable-next-line typescript/no-explicit-any -- its form depends on the kind
  readonly spec?: any;
  readonly [field: string]: unknown;
}

/** An object with the name of its template: `ml-service` for templates/ml-service.yaml. */
export interface Rendered {
  readonly template: string;
  readonly object: KubernetesObject;
}

const helmFolder = join(import.meta.dirname, '..', 'helm');

/** Renders the chart by `helm template`. @throws Error with helm's message when it refuses the values */
export function renderChart(options: {
  readonly namespace: string;
  /** Paths of values files. */
  readonly values: readonly string[];
}): Rendered[] {
  const flags = options.values.flatMap((file) => ['--values', file]);
  const text = execFileSync(
    'helm',
    ['template', 'day-trade-ml', join(helmFolder, 'day-trade-ml'), '--namespace', options.namespace, ...flags],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return text
    .split(/^---$/m)
    .flatMap((part) =>
      parseAllDocuments(part).map((document) => ({
        template: part.match(/# Source: day-trade-ml\/templates\/(.+)\.yaml/)?.[1] ?? '',
        object: document.toJS() as KubernetesObject | null,
      })),
    )
    .filter((rendered): rendered is Rendered => rendered.object !== null);
}

/** Returns kind and name, which identify an object within its namespace. */
export const identity = (object: KubernetesObject): string => `${object.kind}/${object.metadata.name}`;
