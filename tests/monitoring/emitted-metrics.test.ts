import { metrics } from '@daytrade/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandsOnPlatform, commandsOnPlatform } from '../../apps/cli/src/platform/context.fixture.ts';
import { metricsIn, readDashboards, readRules } from './monitoring-files.ts';

/** What Prometheus makes itself, and what the kubelet emits of volumes. */
const foreign = new Set([
  'up',
  'ALERTS',
  'kubelet_volume_stats_available_bytes',
  'kubelet_volume_stats_capacity_bytes',
]);

const rules = readRules();
const recorded = new Set(rules.flatMap((rule) => rule.record ?? []));
const expressions = [
  ...rules.map((rule) => rule.expr),
  ...readDashboards().flatMap(({ queries }) => queries.map((query) => query.expression)),
];

let commands: CommandsOnPlatform;
/** Names of the families that the services answer a scrape with. */
const emitted = new Set<string>();

beforeAll(async () => {
  commands = await commandsOnPlatform();
  for (const service of Object.values(commands.platform.services)) {
    const { body } = await service.inject('/metrics');
    for (const [, name, type] of body.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
      emitted.add(name as string);
      if (type === 'histogram') for (const part of ['bucket', 'sum', 'count']) emitted.add(`${name}_${part}`);
    }
  }
});

afterAll(() => commands.close());

it('asks for no metric that nothing emits', () => {
  const asked = new Set(expressions.flatMap(metricsIn));
  expect(asked.size).toBeGreaterThan(20);
  expect([...asked].filter((name) => !emitted.has(name) && !recorded.has(name) && !foreign.has(name))).toEqual([]);
});

it('knows every metric of the contract from a scrape', () => {
  expect(Object.values(metrics).filter(({ name }) => !emitted.has(name))).toEqual([]);
});
