import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../infrastructure/kubernetes/write-manifests.ts';
import { chart, run } from './programs.ts';
import { objectNamed, rendered } from './rendered.ts';
import { valuesFile } from './variants.ts';
import { withPrograms } from './with-programs.ts';

const values = (environment: string) => parse(readFileSync(valuesFile(environment), 'utf8'));
const resourcesOf = (object: KubernetesObject) => object.spec.template.spec.containers[0].resources;

describe('the values that the specification gives', () => {
  it('are those of values.production.yaml', () => {
    expect(values('production')).toMatchObject({
      environment: 'production',
      mlService: {
        replicaCount: 3,
        resources: { requests: { memory: '4Gi', cpu: '2000m' }, limits: { memory: '8Gi', cpu: '4000m' } },
      },
      postgresql: { enabled: true, primary: { persistence: { size: '200Gi' } } },
      redis: { enabled: true, master: { persistence: { size: '20Gi' } } },
      monitoring: { prometheus: { enabled: true }, grafana: { enabled: true } },
      autoscaling: {
        enabled: true,
        minReplicas: 2,
        maxReplicas: 20,
        targetCPUUtilizationPercentage: 70,
        targetMemoryUtilizationPercentage: 80,
      },
    });
  });

  it('have staging with the replicas of production, and development with one', () => {
    const replicas = (environment: string) =>
      ['mlService', 'dataService', 'schedulerService', 'dashboard', 'worker'].map(
        (part) => values(environment)[part].replicaCount,
      );
    expect(replicas('staging')).toEqual(replicas('production'));
    expect(replicas('development')).toEqual([1, 1, 1, 1, 1]);
  });
});

withPrograms(['helm'], 'what is made of them', () => {
  it('gives the resource profiles their sizes', () => {
    const memoryHeavy = objectNamed(rendered('everything lasting'), 'Deployment', 'ml-service');
    expect(resourcesOf(memoryHeavy)).toMatchObject({
      requests: { cpu: '1000m', memory: '8Gi' },
      limits: { cpu: '2000m', memory: '16Gi' },
    });
    const cpuHeavy = objectNamed(rendered('production'), 'Deployment', 'worker');
    expect(resourcesOf(cpuHeavy)).toMatchObject({
      requests: { cpu: '2000m', memory: '4Gi' },
      limits: { cpu: '4000m', memory: '8Gi' },
    });
  });

  it('scales ml-service from its replicas to the greatest number, by processor and memory', () => {
    const scaler = objectNamed(rendered('production'), 'HorizontalPodAutoscaler', 'ml-service');
    expect(scaler.spec).toMatchObject({ minReplicas: 3, maxReplicas: 20 });
    const targets = scaler.spec.metrics.map(({ resource }: { resource: { name: string; target: object } }) => resource);
    expect(targets).toMatchObject([
      { name: 'cpu', target: { averageUtilization: 70 } },
      { name: 'memory', target: { averageUtilization: 80 } },
    ]);
  });

  it('refuses the image that is in no registry on EKS, and names the values to add', () => {
    const onEks = ['template', 'day-trade-ml', chart, '--kube-version', 'v1.35.2-eks-3cf4723'];
    const command = [...onEks, '--values', valuesFile('production')];
    const bare = run('helm', command);
    expect(bare.exitCode).not.toBe(0);
    expect(bare.output).toMatch(/image\.repository: .* --values values\.aws\.yaml/);
    const image = 'image.repository=123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/day-trade';
    expect(run('helm', [...command, '--set', image]).exitCode).toBe(0);
  });

  it('keeps data beyond the pod in staging and production, and not in development', () => {
    for (const [environment, claims] of [
      ['development', 0],
      ['staging', 1],
      ['production', 1],
    ] as const) {
      for (const name of ['postgresql', 'redis']) {
        const server = objectNamed(rendered(environment), 'StatefulSet', name);
        expect(server.spec.volumeClaimTemplates ?? [], `${name} in ${environment}`).toHaveLength(claims);
      }
    }
  });
});
