import { join } from 'node:path';
import { expect, it } from 'vitest';
import { helmFolder, root, run, succeed } from './programs.ts';
import { objectsOf } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

const chart = join(helmFolder, 'day-trade-cluster');

/** As Terraform writes them (tests/aws renders its own), on one line each. */
const settings = [
  'nodes.role=day-trade-production-node',
  'nodes.subnets={subnet-1,subnet-2}',
  'nodes.securityGroup=sg-1',
  'alarmTopic=arn:aws:sns:ap-northeast-1:123456789012:day-trade-production-alarms',
];
/** The authorities as they lie beside the Terraform code, each below a line that names it. */
const authorities = join(root, 'infrastructure', 'terraform', 'aws', 'certificates', 'ap-northeast-1.pem');
const flags = (...more: string[]): string[] => [
  ...[...settings, ...more].flatMap((setting) => ['--set', setting]),
  '--set-file',
  `databaseAuthorities=${authorities}`,
];

withPrograms(['helm'], 'the chart day-trade-cluster', () => {
  const objects = (...more: string[]) => objectsOf(succeed('helm', ['template', 'cluster', chart, ...flags(...more)]));
  const named = (kind: string, ...more: string[]) => objects(...more).filter((object) => object.kind === kind);

  it('has nothing to complain about', () => {
    const { exitCode, output } = run('helm', ['lint', '--strict', chart, ...flags()]);
    expect(exitCode, output).toBe(0);
  });

  it('starts Spot machines only where asked, and only for pods that say so', () => {
    expect(named('NodePool').map(({ metadata }) => metadata.name)).toEqual(['day-trade']);
    const [own, spot] = named('NodePool', 'nodes.spot=true', 'nodes.architecture=arm64');
    const requiring = (...values: string[]) =>
      expect.arrayContaining(values.map((value) => expect.objectContaining({ operator: 'In', values: [value] })));
    expect(own).toMatchObject({ spec: { template: { spec: { requirements: requiring('on-demand', 'arm64') } } } });
    expect(own).not.toHaveProperty('spec.template.spec.taints');
    const taints = [{ key: 'day-trade/spot', effect: 'NoSchedule' }];
    expect(spot).toMatchObject({ spec: { template: { spec: { taints, requirements: requiring('spot', 'arm64') } } } });
  });

  it('gives deployers their namespace and no right over the cluster', () => {
    const subjects = named('ClusterRoleBinding').flatMap((object) => object.subjects as { kind: string }[]);
    expect(subjects.map(({ kind }) => kind)).toEqual(['ServiceAccount']);
    const bindings = named('RoleBinding');
    expect(bindings).toHaveLength(2);
    for (const { metadata } of bindings) expect(metadata.namespace).toBe('day-trade');
  });

  it('enforces the restricted standard, and leaves the namespace when it is taken away', () => {
    expect(named('Namespace')).toMatchObject([
      {
        metadata: {
          name: 'day-trade',
          labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
          annotations: { 'helm.sh/resource-policy': 'keep' },
        },
      },
    ]);
  });

  it('lets External Secrets write into that namespace only', () => {
    expect(named('ClusterSecretStore', 'namespace=day-trade-staging')).toMatchObject([
      { spec: { conditions: [{ namespaces: ['day-trade-staging'] }] } },
    ]);
  });

  it.each([
    ['nodes.architecture=sparc', 'architecture'],
    ['alarmTopic=somewhere', 'alarmTopic'],
    ['nodes.subnets={private}', 'subnets'],
    ['certificates={mine}', 'certificates'],
    ['unknown=1', 'unknown'],
  ])('refuses %s', (setting, field) => {
    const { exitCode, output } = run('helm', ['template', 'cluster', chart, ...flags(setting)]);
    expect(exitCode).not.toBe(0);
    expect(output).toContain(field);
  });
});
