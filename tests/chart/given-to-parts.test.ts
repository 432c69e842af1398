import { parseSettings } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import type { KubernetesObject } from '../../infrastructure/kubernetes/write-manifests.ts';
import { onPath } from '../support/packed-programs.ts';
import { objectNamed, rendered } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

const services = ['ml-service', 'data-service', 'scheduler-service', 'worker', 'dashboard'] as const;

// oxlint-disable-next-line typescript/no-explicit-any -- pods as Kubernetes has them
type PodSpec = any;

interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
}

const deployed = (objects: readonly KubernetesObject[], name: string): PodSpec =>
  objectNamed(objects, 'Deployment', name).spec.template.spec;

const variables = (pod: PodSpec): readonly EnvironmentVariable[] => pod.containers[0].env;

/** The keys of Secrets that a pod is given, as variables or as files. */
function secretsOf(pod: PodSpec): string[] {
  const files: string[] = (pod.volumes as PodSpec[]).flatMap(({ secret, projected }) =>
    [secret, ...(projected?.sources ?? []).map((source: PodSpec) => source.secret)].flatMap(
      (given) => given?.items?.map(({ key }: { readonly key: string }) => key) ?? [],
    ),
  );
  return [...variables(pod).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.key ?? []), ...files].sort();
}

/** What a secret or a figure of the cluster may be, in place of the real one. */
const stand: Readonly<Record<string, string>> = {
  DAYTRADE_WORKERS: '2',
  DAYTRADE_NOTICE_SLACK_URL: 'https://hooks.slack.com/services/a/b/c',
  DAYTRADE_NOTICE_SMTP_URL: 'smtps://name:password@mail.example.jp',
  DAYTRADE_NOTICE_WEBHOOK_KEY: 'k'.repeat(32),
  DAYTRADE_NOTICE_WEBHOOK_URL: 'https://example.jp/notices',
  DAYTRADE_READ_TOKEN: 'a-token-that-only-reads-0',
};

/** The environment that the first container of a pod begins with. */
function environmentOf(objects: readonly KubernetesObject[], pod: PodSpec): Record<string, string> {
  const names = (pod.containers[0].envFrom as PodSpec[]).map(({ configMapRef }) => configMapRef.name as string);
  const maps = objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && names.includes(metadata.name));
  expect(maps).toHaveLength(names.length);
  const given = variables(pod).map(({ name, value }) => [
    name,
    value ?? stand[name] ?? 'a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5',
  ]);
  return Object.assign({}, ...maps.map((map) => (map as unknown as { data: object }).data), Object.fromEntries(given));
}

withPrograms(['helm'], 'what a part is given', () => {
  const objects = onPath('helm') ? rendered('a server that speaks S3') : [];

  it('of secrets is what it asks with: the page has the tokens alone, the scheduler no key of the bucket', () => {
    const authorities = ['ca.crt', 'ca.crt'];
    const stores = ['database-password', 'read-token', 'redis-password', 'token'];
    const bucket = ['access-key-id', 'secret-access-key'];
    expect(Object.fromEntries(services.map((name) => [name, secretsOf(deployed(objects, name))]))).toEqual({
      'ml-service': [...bucket, ...authorities, ...stores].sort(),
      'data-service': [...bucket, ...authorities, ...stores].sort(),
      worker: [...bucket, ...authorities, ...stores].sort(),
      'scheduler-service': [...authorities, ...stores].sort(),
      dashboard: ['read-token', 'token'],
    });
  });

  it('of settings names no store to the page, and says where the services are', () => {
    const environment = environmentOf(objects, deployed(objects, 'dashboard'));
    expect(Object.keys(environment).filter((name) => /DATABASE|REDIS|OBJECTS|S3|BLOB|AWS/.test(name))).toEqual([]);
    expect(environment).toMatchObject({
      DAYTRADE_SERVICES:
        'ml=http://ml-service:8000,data=http://data-service:8001,scheduler=http://scheduler-service:8002',
    });
  });

  it('is an account of its own, whose token reaches only who asks the API', () => {
    const pods = services.map((name) => deployed(objects, name));
    expect(pods.map(({ serviceAccountName }) => serviceAccountName)).toEqual([...services]);
    const asking = services.filter((_, index) =>
      (pods[index].volumes as PodSpec[]).some(({ projected }) =>
        projected?.sources.some((source: object) => 'serviceAccountToken' in source),
      ),
    );
    expect(asking).toEqual(['scheduler-service']);
  });

  it.each([
    ['defaults', []],
    ['RDS with IAM, ElastiCache, S3', []],
    ['Azure SQL and blobs by identity', []],
    ['J-Quants', ['settings.DAYTRADE_LOG_LEVEL=debug']],
    [
      'notices',
      ['settings.DAYTRADE_NOTICE_MAIL_FROM=platform@example.jp', 'settings.DAYTRADE_NOTICE_MAIL_TO=reader@example.jp'],
    ],
  ])('are settings that each part starts with: %s', (name, settings) => {
    const objects = rendered(name, ...settings);
    for (const part of services) {
      const environment = environmentOf(objects, deployed(objects, part));
      expect(() => parseSettings(environment), part).not.toThrow();
      const mail = Object.keys(environment).filter((key) => key.startsWith('DAYTRADE_NOTICE_MAIL'));
      expect(mail.length, part).toBe(
        part === 'scheduler-service' ? settings.filter((s) => s.includes('MAIL')).length : 0,
      );
    }
  });
});
