import { join } from 'node:path';
import { helmFolder } from './programs.ts';

/** One way to install the chart. */
export interface Variant {
  readonly name: string;
  readonly values: readonly string[];
  readonly settings: readonly string[];
}

export const environments = ['development', 'staging', 'production', 'azure'] as const;
export const valuesFile = (environment: string): string => join(helmFolder, `values.${environment}.yaml`);

const variant = (name: string, ...settings: string[]): Variant => ({ name, values: [], settings });

const images = [
  'image',
  'postgresql.image',
  'redis.image',
  ...['prometheus', 'grafana', 'alertmanager'].map((part) => `monitoring.${part}.image`),
];
const digest = `sha256:${'0'.repeat(64)}`;

/** Everything switched on, and each image pinned and asked for anew at every start of a pod. */
export const pinnedImages: Variant = variant(
  'pinned images',
  'image.pullPolicy=Always',
  ...[...images, 'backup.upload.image'].map((image) => `${image}.digest=${digest}`),
  'autoscaling.enabled=true',
  'monitoring.prometheus.enabled=true',
  'monitoring.grafana.enabled=true',
  'backup.enabled=true',
  'backup.upload.enabled=true',
  'backup.upload.bucket=day-trade-backup',
);

/** The values files as they are, and every switch of the chart turned the other way at least once. */
export const variants: readonly Variant[] = [
  variant('defaults'),
  ...environments.map((environment) => ({ name: environment, values: [valuesFile(environment)], settings: [] })),
  { name: 'small', values: [valuesFile('small')], settings: [] },
  variant('no encryption', 'tls.mode=off'),
  variant('certificates of one’s own', 'tls.mode=secret', 'tls.secretName=certificates'),
  variant('a secret of one’s own', 'secrets.existingSecret=mine'),
  variant('External Secrets', 'secrets.external.enabled=true', 'secrets.external.store.name=vault'),
  variant(
    'External Secrets by entry',
    'secrets.external.enabled=true',
    'secrets.external.store.name=aws',
    'secrets.external.entries.token.key=arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:day-trade/token',
    'secrets.external.entries.database-password.key=database',
    'secrets.external.entries.database-password.property=password',
    'monitoring.prometheus.enabled=true',
    'monitoring.prometheus.kubelet.clusterRole=false',
  ),
  variant(
    'RDS with IAM, ElastiCache, S3',
    'postgresql.enabled=false',
    'externalDatabase.host=db.internal',
    'externalDatabase.authentication=aws-iam',
    'externalDatabase.caSecret=authority',
    'redis.enabled=false',
    'externalRedis.host=cache.internal',
    'externalRedis.user=daytrade',
    'objects.store=s3',
    'objects.s3.bucket=day-trade-objects',
    'objects.s3.region=ap-northeast-1',
    'mlService.serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn=arn:aws:iam::000000000000:role/ml',
  ),
  variant(
    'a server that speaks S3',
    'objects.store=s3',
    'objects.s3.bucket=objects',
    'objects.s3.prefix=a',
    'objects.s3.endpoint=https://minio:9000',
    'objects.s3.existingSecret=minio',
  ),
  variant(
    'encrypted backups',
    'backup.encrypted.target=s3://copies/production',
    'backup.encrypted.existingSecret=backup',
    'backup.encrypted.endpoint=https://minio:9000',
  ),
  variant('J-Quants', 'jquants.existingSecret=jquants', 'jquants.plan=light'),
  variant('notices', 'notices.existingSecret=readers'),
  variant(
    'Ingress',
    'ingress.enabled=true',
    'ingress.host=trade.example.jp',
    'ingress.tlsSecret=page',
    'ingress.className=nginx',
  ),
  variant(
    'Gateway API',
    'gateway.enabled=true',
    'gateway.host=trade.example.jp',
    'gateway.parents[0].name=public',
    'gateway.parents[0].sectionName=https',
    'canary.parents[0].name=inside',
  ),
  variant('a canary behind a gateway', 'canary.enabled=true', 'canary.parents[0].name=inside'),
  variant('a canary by replicas', 'canary.enabled=true', 'autoscaling.enabled=true'),
  variant('workers by an external metric', 'worker.autoscaling.metric=external'),
  variant('workers by KEDA', 'worker.autoscaling.metric=keda', 'monitoring.prometheus.enabled=true'),
  variant('workers by hand', 'worker.autoscaling.enabled=false', 'worker.replicaCount=3'),
  variant('Prometheus operator', 'monitoring.operator.enabled=true', 'monitoring.operator.labels.release=prometheus'),
  variant(
    'backup to S3',
    'backup.enabled=true',
    'backup.upload.enabled=true',
    'backup.upload.bucket=day-trade-backup',
    'backup.upload.region=ap-northeast-1',
  ),
  variant(
    'everything lasting',
    'autoscaling.enabled=true',
    'monitoring.prometheus.enabled=true',
    'monitoring.prometheus.persistence.enabled=true',
    'monitoring.prometheus.alertmanagers[0]=alerts.example.jp:9093',
    'bars.volume.persistentVolumeClaim.claimName=bars',
    'userFolder.strategies.configMap.name=own-strategies',
    'userFolder.features.configMap.name=own-features',
    'monitoring.grafana.enabled=true',
    'monitoring.grafana.persistence.enabled=true',
    'monitoring.grafana.rootUrl=https://grafana.example.jp',
    'image.pullSecrets[0]=registry',
    'mlService.priorityClassName=high',
    'mlService.nodeSelector.disk=ssd',
    'mlService.resourceProfile=memory-heavy',
  ),
  pinnedImages,
  variant('a DNS cache on the nodes', 'networkPolicy.dns.cidrs[0]=169.254.20.10/32'),
  variant(
    'a Redis of Azure',
    'redis.enabled=false',
    'externalRedis.host=example.redis.azure.net',
    'externalRedis.user=an-identity',
    'externalRedis.authentication=azure-entra',
  ),
  variant(
    'Azure SQL and blobs by identity',
    'postgresql.enabled=false',
    'externalDatabase.engine=sqlserver',
    'externalDatabase.host=example.database.windows.net',
    'externalDatabase.port=1433',
    'externalDatabase.authentication=azure-entra',
    'settings.DAYTRADE_TRACES_APPLICATION_INSIGHTS=InstrumentationKey=0f0f0f0f-1111-2222-3333-444444444444;' +
      'IngestionEndpoint=https://example.in.applicationinsights.azure.com/',
    'objects.store=azure-blob',
    'objects.blob.container=https://example.blob.core.windows.net/objects',
    'mlService.serviceAccount.annotations.azure\\.workload\\.identity/client-id=an-identity',
    'mlService.podLabels.signs=in',
  ),
  variant('no network policies', 'networkPolicy.enabled=false'),
];

/**
 * The chart's oldest cluster, one before and one after `preStop.sleep`, and the one that the cluster of the tests has.
 */
export const kubernetesVersions = ['1.25.16', '1.29.15', '1.37.2'] as const;
export const newest = kubernetesVersions[2];

/** The variant of that name, with further settings. @throws Error where there is none */
export function variantNamed(name: string, ...settings: readonly string[]): Variant {
  const found = variants.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no variant is called ${name}`);
  return { ...found, settings: [...found.settings, ...settings] };
}

export const flagsOf = ({ values, settings }: Variant): string[] => [
  ...values.flatMap((file) => ['--values', file]),
  ...settings.flatMap((setting) => ['--set', setting]),
];
