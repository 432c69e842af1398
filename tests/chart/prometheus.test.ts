import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../infrastructure/kubernetes/write-manifests.ts';
import { installDebianPackages, isProgram } from '../support/debian-packages.ts';
import { promtool, promtoolIsThere } from '../support/promtool.ts';
import { cache, run } from './programs.ts';
import { objectNamed, rendered } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

const lasting = (...settings: readonly string[]) => rendered('everything lasting', ...settings);
const withoutKubelet = () => lasting('monitoring.prometheus.kubelet.enabled=false');

interface Scrape {
  readonly job_name: string;
  readonly honor_labels?: boolean;
  readonly metric_relabel_configs?: readonly { readonly regex: string; readonly action: string }[];
}

const dataOf = (objects: readonly KubernetesObject[], name: string) =>
  objects.find(({ metadata }) => metadata.name === name)?.data as Record<string, string>;
const configuration = (objects: readonly KubernetesObject[]): string =>
  dataOf(objects, 'prometheus-configuration')['prometheus.yml'] ?? '';
const scrapesOf = (objects: readonly KubernetesObject[]) =>
  (parse(configuration(objects)) as { readonly scrape_configs: readonly Scrape[] }).scrape_configs;

withPrograms(['helm'], 'Prometheus of the chart', () => {
  // Debian's promtool is built without the discovery of Kubernetes, by which kubelets are found.
  it('has a configuration that promtool takes', ({ skip }) => {
    if (!promtoolIsThere()) return skip('needs promtool');
    const file = join(cache, 'prometheus.yml');
    writeFileSync(file, configuration(withoutKubelet()));
    const { status, output } = promtool('check', 'config', '--syntax-only', file);
    expect(status, output).toBe(0);
  });

  it('scrapes the services under the job that rules ask for, and keeps their own label `job`', () => {
    const scrapes = scrapesOf(lasting());
    expect(scrapes.map(({ job_name }) => job_name)).toEqual(['day-trade', 'prometheus', 'kubelet']);
    expect(scrapes[0]?.honor_labels).toBe(true);
    expect(configuration(lasting())).not.toMatch(/target_label: job\b/);
    const monitor = rendered('Prometheus operator').find(({ kind }) => kind === 'ServiceMonitor');
    expect(monitor?.spec.endpoints[0]).toMatchObject({
      honorLabels: true,
      relabelings: [
        { targetLabel: 'job', replacement: 'day-trade' },
        { sourceLabels: ['__meta_kubernetes_pod_label_app_kubernetes_io_component'], targetLabel: 'part' },
      ],
    });
  });

  it('asks kubelets for the volumes of its namespace, with rights for nothing else', () => {
    const objects = lasting();
    const scrapes = scrapesOf(lasting());
    expect(scrapes[2]?.metric_relabel_configs).toMatchObject([
      { regex: 'kubelet_volume_stats_.+;day-trade', action: 'keep' },
    ]);
    const role = objects.find(({ kind }) => kind === 'ClusterRole');
    expect(role?.rules).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
    ]);
    expect(withoutKubelet().filter(({ kind }) => kind.startsWith('Cluster'))).toEqual([]);
  });

  it('loads every rule, and an operator gets the same ones', () => {
    const files = dataOf(lasting(), 'prometheus-rules');
    expect(Object.keys(files).sort()).toEqual(['alerts.yaml', 'parts.yaml', 'recording.yaml']);
    const groups = Object.values(files).flatMap((text) => parse(text).groups);
    const rule = rendered('Prometheus operator').find(({ kind }) => kind === 'PrometheusRule');
    expect(rule?.spec.groups).toEqual(expect.arrayContaining(groups));
    expect(rule?.spec.groups).toHaveLength(groups.length);
  });

  it('misses each part that the release runs, of its namespace, and none that it does not', () => {
    const expected = (objects: readonly KubernetesObject[]) =>
      parse(dataOf(objects, 'prometheus-rules')['parts.yaml'] ?? '').groups[0].rules.map(
        ({ labels }: { readonly labels: Readonly<Record<string, string>> }) => labels,
      );
    const parts = ['ml-service', 'data-service', 'scheduler-service', 'worker', 'dashboard'];
    expect(expected(lasting())).toEqual(parts.map((part) => ({ part, namespace: 'day-trade' })));
    // Where the chart makes a nightly dump, its age is expected too.
    expect(expected(rendered('production'))).toEqual(
      [...parts, 'backup'].map((part) => ({ part, namespace: 'day-trade' })),
    );
    const less = [
      'autoscaling.enabled=false',
      'mlService.replicaCount=0',
      'worker.autoscaling.metric=keda',
      'worker.autoscaling.minReplicas=0',
    ];
    const some = expected(lasting(...less));
    expect(some.map(({ part }: { readonly part: string }) => part)).toEqual([
      'data-service',
      'scheduler-service',
      'dashboard',
    ]);
  });

  it('has an Alertmanager with the receivers of a Secret, and another of the operator’s', ({ skip }) => {
    const { alerting } = parse(configuration(lasting())) as { readonly alerting: object };
    expect(alerting).toEqual({
      alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093', 'alerts.example.jp:9093'] }] }],
    });
    const text = dataOf(lasting(), 'alertmanager-configuration')['alertmanager.yml'] ?? '';
    expect(parse(text).receivers).toEqual([{ name: 'nobody' }]);
    const alertmanager = objectNamed(lasting(), 'StatefulSet', 'alertmanager');
    expect(alertmanager?.spec.template.spec.volumes).toContainEqual({
      name: 'configuration',
      projected: {
        defaultMode: 0o440,
        // The last one that is there counts.
        sources: [
          { configMap: { name: 'alertmanager-configuration' } },
          { secret: { name: 'day-trade-alerts', optional: true } },
        ],
      },
    });
    if (!isProgram('amtool') && installDebianPackages(['prometheus-alertmanager']) !== undefined) {
      return skip('needs amtool');
    }
    const file = join(cache, 'alertmanager.yml');
    writeFileSync(file, text);
    expect(run('amtool', ['check-config', file]).output).toContain('SUCCESS');
  });

  it('is shown by Grafana, which has every dashboard and no password of its own', () => {
    expect(Object.keys(dataOf(lasting(), 'grafana-dashboards')).sort()).toEqual([
      'alerts.json',
      'performance-analysis.json',
      'real-time.json',
      'sla.json',
    ]);
    const grafana = objectNamed(lasting(), 'StatefulSet', 'grafana');
    const variables = grafana?.spec.template.spec.containers[0].env as { name: string; value: string }[];
    const names = variables.map(({ name }) => name).filter((name) => name.startsWith('GF_SECURITY_ADMIN_PASSWORD'));
    expect(names).toEqual(['GF_SECURITY_ADMIN_PASSWORD__FILE']);
    const { datasources } = parse(dataOf(lasting(), 'grafana-provisioning')['datasource.yaml'] ?? '');
    expect(datasources).toMatchObject([{ uid: 'prometheus', url: 'http://prometheus:9090' }]);
  });
});
