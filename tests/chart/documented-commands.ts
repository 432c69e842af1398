import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../infrastructure/kubernetes/write-manifests.ts';
import { root } from './programs.ts';

/** A command of kubectl, helm or a script of ours that a page asks the reader to type. */
export interface DocumentedCommand {
  readonly page: string;
  readonly command: string;
}

/** The pages whose commands are for an installation. */
export const pages = globSync(
  '{docs/runbooks,infrastructure/helm,infrastructure/kubernetes,infrastructure/monitoring}/*.md',
  {
    cwd: root,
  },
).sort();

const read = (page: string): string => readFileSync(join(root, page), 'utf8').replaceAll('\\\n', ' ');
const blocks = (text: string): string[] =>
  [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
const spans = (text: string): string[] =>
  [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);

/** Every command of a page, from its blocks of shell and from what it quotes in a line. */
export function commandsOf(page: string): DocumentedCommand[] {
  const lines = [...blocks(read(page)).flatMap((block) => block.split('\n')), ...spans(read(page))];
  return lines
    .flatMap((line) => line.split(/ && | \| |; /))
    .map((part) =>
      part
        .trim()
        .replace(/^[A-Z_]+=\$\(/, '')
        .replace(/ +#.*$/, ''),
    )
    .filter((part) => /^(?:kubectl|helm) [a-z-]/.test(part))
    .map((command) => ({ page, command }));
}

/** Keys of values that a page names: by `--set`, and quoted as they are. */
export function valuesKeysOf(page: string, topLevel: readonly string[]): string[] {
  const set = commandsOf(page).flatMap(({ command }) =>
    [...command.matchAll(/--set (\S+)/g)].flatMap(([, assignments = '']) =>
      assignments
        .replaceAll('"', '')
        .split(',')
        .filter((one) => one.includes('=')),
    ),
  );
  const quoted = spans(read(page)).filter((span) => /^[a-zA-Z]+(?:\.[a-zA-Z0-9]+)+(?:[:=].*)?$/.test(span));
  return [...set, ...quoted]
    .map((assignment) => assignment.split(/[:=[]/)[0]?.trim() ?? '')
    .filter((key) => topLevel.includes(key.split('.')[0] ?? ''));
}

const kinds: Readonly<Record<string, string>> = {
  deploy: 'Deployment',
  deployment: 'Deployment',
  deployments: 'Deployment',
  statefulset: 'StatefulSet',
  service: 'Service',
  svc: 'Service',
  cronjob: 'CronJob',
  job: 'Job',
  pvc: 'PersistentVolumeClaim',
  hpa: 'HorizontalPodAutoscaler',
  secret: 'Secret',
  pod: 'Pod',
};

/**
 * What a command names as `kind/name` or `kind name`, and the pod that it runs a command in; without words in capitals.
 */
export function objectsNamedBy(command: string): string[] {
  const words = command.split(' -- ')[0]?.split(/\s+/) ?? [];
  const named = words.flatMap((word, index) => {
    const [kind = '', name = words[index + 1] ?? ''] = word.replace(/^--from=/, '').split('/');
    const known = kinds[kind];
    if (known === undefined || (words[1] === 'create' && !word.startsWith('--from='))) return [];
    return /^[a-z][a-z0-9-]*$/.test(name) ? [`${known}/${name}`] : [];
  });
  const pod = /^kubectl .*\b(?:exec|logs)\b.*?\s([a-z][a-z0-9-]*-\d)\b/.exec(command)?.[1];
  return pod === undefined ? named : [...named, `Pod/${pod}`];
}

/** `Kind/name` of what a release makes, and of what its StatefulSets and jobs make in turn. */
export function namesIn(objects: readonly KubernetesObject[]): Set<string> {
  return new Set(
    objects.flatMap(({ kind, metadata, spec }) => {
      const own = [`${kind}/${metadata.name}`];
      if (kind !== 'StatefulSet') return own;
      const claims = (spec.volumeClaimTemplates ?? []).map(
        (claim: KubernetesObject) => `PersistentVolumeClaim/${claim.metadata.name}-${metadata.name}-0`,
      );
      return [...own, `Pod/${metadata.name}-0`, ...claims];
    }),
  );
}
