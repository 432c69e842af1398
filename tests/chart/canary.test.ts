import { metrics as metricTable } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { onPath } from '../support/packed-programs.ts';
import { objectNamed as find, rendered } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

withPrograms(['helm'], 'a canary', () => {
  const off = onPath('helm') ? rendered('defaults') : [];
  const routed = onPath('helm') ? rendered('a canary behind a gateway') : [];
  const byReplicas = onPath('helm') ? rendered('a canary by replicas') : [];

  it('is not there by default', () => {
    expect(JSON.stringify(off)).not.toContain('canary');
  });

  it('replaces the pods of the same Deployment, whose number the chart leaves to it', () => {
    const { workloadRef, selector, replicas, progressDeadlineAbort } = find(routed, 'Rollout', 'ml-service').spec;
    const deployment = find(routed, 'Deployment', 'ml-service').spec;
    expect(workloadRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'ml-service',
      scaleDown: 'onsuccess',
    });
    expect(selector).toEqual(deployment.selector);
    expect([deployment.replicas, replicas, progressDeadlineAbort]).toEqual([undefined, 2, true]);
    const { replicas: _, ...before } = find(off, 'Deployment', 'ml-service').spec;
    expect(deployment).toEqual(before);
    expect(JSON.stringify(routed.filter(({ kind }) => kind === 'Job'))).not.toContain('ml-service exactly');
  });

  it('is judged at each step by errors, p99 and the shift of predictions', () => {
    const { steps } = find(routed, 'Rollout', 'ml-service').spec.strategy.canary;
    const analysis = { analysis: { templates: [{ templateName: 'ml-service' }] } };
    expect(steps).toEqual([{ setWeight: 10 }, analysis, { setWeight: 50 }, analysis]);
    const metrics: { name: string; provider: { prometheus: { query: string } } }[] = find(
      routed,
      'AnalysisTemplate',
      'ml-service',
    ).spec.metrics;
    expect(metrics.map(({ name }) => name)).toEqual(['errors', 'p99', 'prediction-shift']);
    const [, , shift] = metrics;
    // Else an analysis without any answer would succeed.
    expect(shift).toMatchObject({ count: 5, failureLimit: 0, inconclusiveLimit: 4 });
    const named = metrics.flatMap(({ provider }) => provider.prometheus.query.match(/daytrade_[a-z_]+/g) ?? []);
    const known = Object.values(metricTable).map(({ name }) => name as string);
    for (const name of named) expect(known).toContain(name.replace(/_(?:count|bucket)$/, ''));
  });

  it('behind a gateway gets its share by the weights of the route', () => {
    const { trafficRouting } = find(routed, 'Rollout', 'ml-service').spec.strategy.canary;
    expect(trafficRouting.plugins['argoproj-labs/gatewayAPI'].httpRoute).toBe('ml-service');
    expect(find(routed, 'HTTPRoute', 'ml-service').spec.rules[0].backendRefs).toEqual([
      { name: 'ml-service-stable', port: 8000, weight: 100 },
      { name: 'ml-service-canary', port: 8000, weight: 0 },
    ]);
    // Helm refuses an upgrade that sets a selector which the controller owns.
    for (const name of ['ml-service-stable', 'ml-service-canary']) {
      expect(find(routed, 'Service', name).spec.selector).toBeUndefined();
    }
    expect(JSON.stringify(byReplicas)).not.toContain('ml-service-canary');
    expect(find(rendered('Gateway API'), 'HTTPRoute', 'ml-service').spec.rules[0].backendRefs).toEqual([
      { name: 'ml-service', port: 8000 },
    ]);
    expect(byReplicas.filter(({ kind }) => kind === 'HTTPRoute')).toEqual([]);
  });
});
