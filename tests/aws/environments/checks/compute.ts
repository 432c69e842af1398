import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsSchema } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import { temporaryFolder } from '../../../support/running-process.ts';
import type { ApiRecord } from '../../account/account.ts';
import { aws } from '../../tooling/aws-command.ts';
import { imageDigest } from '../applied-environment.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

const serviceNames = ['dashboard', 'data-service', 'ml-service', 'scheduler-service', 'worker'];

/** What runs on ECS, and the way to EKS. `terraform test` says what both are made of. */
export function checkCompute(checked: () => CheckedEnvironment): void {
  it('takes a bad version of each service back', () => {
    const services: ApiRecord[] = checked().account.list('clusters')[0]?.services;
    expect(services.map((service): string => service.serviceName).toSorted()).toEqual(serviceNames);
    for (const service of services) {
      expect(service.deploymentConfiguration).toMatchObject({
        deploymentCircuitBreaker: { enable: true, rollback: true },
        alarms: { enable: true, rollback: true, alarmNames: expect.arrayContaining([expect.any(String)]) },
      });
    }
  });

  it('starts containers read-only, without root, with secrets by reference, and asks services for their health', () => {
    const definitions = checked().account.list('task-definitions');
    expect(definitions).toHaveLength(6);
    for (const container of definitions.flatMap((definition): ApiRecord[] => definition.containerDefinitions)) {
      expect(container).toMatchObject({ readonlyRootFilesystem: true, user: '10001:10001', privileged: false });
      expect(container.image.endsWith(`@${imageDigest}`)).toBe(true);
      const given = (container.environment ?? []).map((variable: ApiRecord) => variable.name);
      expect(given.filter((variable: string) => /PASSWORD$|TOKEN|SECRET/.test(variable))).toEqual([]);
      if (serviceNames.includes(container.name)) expect(container.healthCheck.command).toContain('node');
      for (const secret of container.secrets ?? []) expect(secret.valueFrom).toMatch(/^arn:aws:secretsmanager:/);
    }
  });

  it('gives its containers settings that the services take', () => {
    const definitions = checked().account.list('task-definitions');
    const containers = definitions.flatMap((definition): ApiRecord[] => definition.containerDefinitions);
    const given = containers.flatMap(({ environment = [] }): ApiRecord[] => environment);
    const settings = given.filter(({ name }) => name.startsWith('DAYTRADE_'));
    expect(settings.length).toBeGreaterThan(30);
    const shape: Readonly<Record<string, z.ZodType>> = settingsSchema.shape;
    expect(settings.filter(({ name, value }) => shape[name]?.safeParse(value).success !== true)).toEqual([]);
  });

  it('is reached through Session Manager by a machine without a public address', async () => {
    const { applied, account } = checked();
    const { Reservations } = JSON.parse(await aws(applied.simulator, ['ec2', 'describe-instances']));
    const [host] = Reservations.flatMap(({ Instances }: ApiRecord) => Instances) as ApiRecord[];
    expect(host).toMatchObject({ State: { Name: 'running' }, MetadataOptions: { HttpTokens: 'required' } });
    expect(host?.PublicIpAddress ?? '').toBe('');
    const [cluster] = account.list('eks-clusters');
    const endpoint = String(cluster?.endpoint).replace('https://', '');
    const { stdout } = await applied.terraform.run(['output', '-raw', 'eks_connect']);
    const commands = stdout.trimEnd().split('\n');
    expect(commands.slice(0, 2)).toEqual([
      'set -e',
      `aws eks update-kubeconfig --region ap-northeast-1 --name ${cluster?.name}`,
    ]);
    expect(commands[2]).toContain(`--target ${host?.InstanceId} `);
    expect(commands[2]).toContain(`--parameters host=${endpoint},portNumber=443,localPortNumber=8443 `);
    expect(commands[3]).toBe(
      `kubectl config set-cluster ${cluster?.arn} --server=https://127.0.0.1:8443 --tls-server-name=${endpoint}`,
    );
  });

  it('is reached by the context that `aws eks update-kubeconfig` writes', async () => {
    const { applied, name } = checked();
    const file = join(temporaryFolder('kubeconfig'), 'config');
    const command = ['eks', 'update-kubeconfig', '--region', 'ap-northeast-1', '--name', name];
    await aws(applied.simulator, command, { KUBECONFIG: file });
    const written = readFileSync(file, 'utf8');
    expect(written).toMatch(new RegExp(`^current-context: .*cluster/${name}$`, 'm'));
    expect(written).toMatch(/^ +- get-token$/m);
  });
}
