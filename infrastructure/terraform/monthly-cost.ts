import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeclarations } from './declarations.ts';
import { unitPrices as price } from './unit-prices.ts';

/** What is used beside what the variables say; a month of 730 hours. */
export const usage = {
  development: { logGigabytes: 10, natGigabytes: 50, objectsGibibytes: 20, metrics: 60, alarms: 25 },
  staging: { logGigabytes: 40, natGigabytes: 100, objectsGibibytes: 100, metrics: 90, alarms: 40 },
  production: { logGigabytes: 80, natGigabytes: 200, objectsGibibytes: 200, metrics: 90, alarms: 40 },
} as const;

type Environment = keyof typeof usage;
type Values = Readonly<Record<string, unknown>>;

const hours = 730;
const parts = {
  tasks: 'ECS Fargate tasks',
  cluster: 'EKS control plane and nodes',
  edge: 'Load balancer and firewall',
} as const;
const root = join(import.meta.dirname, 'aws');

/** Dollars a month by part, with the least number of tasks and nodes that an environment keeps. */
export function monthlyCost(environment: Environment): Readonly<Record<string, number>> {
  const values = valuesOf(environment);
  const number = (name: string) => Number(values[name]);
  const least = (name: string) => (values[name] as { minimum: number; desired?: number }).desired ?? replicas(name);
  const replicas = (name: string) => (values[name] as { minimum: number }).minimum;
  const used = usage[environment];
  const zones = values.nat_gateways === 'single' ? 1 : (values.private_subnet_cidrs as string[]).length;

  const task = (name: string) =>
    ((number(`${name}_cpu`) / 1024) * price.fargateProcessor +
      (number(`${name}_memory`) / 1024) * price.fargateGibibyte) *
    hours;
  const services = replicas('service_replicas');
  const spot = number('fargate_spot_weight') / 100;
  const tasks =
    services * (task('ml_service') + task('data_service') + task('dashboard')) +
    Math.min(2, services) * task('scheduler_service') +
    replicas('worker_replicas') * task('worker') * (1 - spot * (1 - price.spotShare));

  const copies = values.db_multi_az === true ? 2 : 1;
  const instance = pick(price.database, values.db_instance_class);
  const insights = values.db_insights === 'advanced' ? 2 * price.databaseInsightsProcessor : 0;
  const database =
    copies * (hours * (instance + insights) + number('db_allocated_storage') * price.databaseGibibyteMonth);

  const nodes = least('eks_nodes');
  const natGateways = zones * (price.natGateway + price.publicAddress) * hours + used.natGigabytes * price.natGigabyte;
  const endpoints = (values.interface_endpoints as string[]).length * zones * price.interfaceEndpoint * hours;
  const addresses = (values.public_subnet_cidrs as string[]).length * price.publicAddress;
  const keys = values.cross_region_replication === true ? 10 : 7;

  return {
    [parts.tasks]: tasks,
    [parts.cluster]:
      hours * (price.clusterControlPlane + nodes * pick(price.node, values.eks_node_type)) +
      nodes * 50 * price.diskGibibyteMonth,
    'RDS PostgreSQL': database,
    ElastiCache: number('redis_num_cache_nodes') * pick(price.cache, values.redis_node_type) * hours,
    'NAT gateways and interface endpoints': natGateways + endpoints,
    [parts.edge]:
      hours * (price.loadBalancer + price.loadBalancerUnit + addresses) +
      price.firewallMonth +
      4 * price.firewallRuleMonth,
    'Logs, metrics, alarms, dashboard':
      used.logGigabytes * price.logGigabyte +
      used.metrics * price.metricMonth +
      used.alarms * price.alarmMonth +
      (values.detailed_monitoring === true ? price.dashboardMonth : 0),
    'Objects, keys, secrets':
      used.objectsGibibytes * price.objectsGibibyteMonth * (values.cross_region_replication === true ? 2 : 1) +
      keys * price.keyMonth +
      3 * price.secretMonth,
  };
}

/** The lines of a table of all environments. */
export function costTable(): string[] {
  const environments = Object.keys(usage) as Environment[];
  const costs = environments.map(monthlyCost);
  const line = (title: string, amounts: readonly number[]) =>
    `| ${title} | ${amounts.map((amount) => Math.round(amount)).join(' | ')} |`;
  const sum = (without: readonly string[]) =>
    costs.map((cost) =>
      Object.entries(cost).reduce((total, [part, amount]) => total + (without.includes(part) ? 0 : amount), 0),
    );
  return [
    `| US dollars a month | ${environments.join(' | ')} |`,
    '| --- | --: | --: | --: |',
    ...Object.keys(costs[0] ?? {}).map((part) =>
      line(
        part,
        costs.map((cost) => cost[part] ?? 0),
      ),
    ),
    line('**all**', sum([])),
    line('with `enable_eks = false`', sum([parts.cluster])),
    line('with `enable_ecs = false`', sum([parts.tasks, parts.edge])),
  ];
}

function pick(prices: Readonly<Record<string, number>>, type: unknown): number {
  const found = prices[String(type)];
  if (found === undefined) throw new Error(`unit-prices.ts has no price of ${String(type)}`);
  return found;
}

/** The values of an environment's file over the defaults of the variables. */
function valuesOf(environment: Environment): Values {
  const defaults = readDeclarations(root).map((variable) => [variable.name, variable.default] as const);
  const lines = readFileSync(join(root, `${environment}.tfvars`), 'utf8').matchAll(/^(\w+) += (.*)$/gm);
  const given = [...lines].map(([, name = '', text]) => [name, text] as const);
  const texts = [...defaults, ...given].filter(([, text]) => text !== undefined && text !== 'null');
  return Object.fromEntries(texts.map(([name, text = '']) => [name, parse(text)]));
}

/** A literal of HCL: as JSON, but for the names of an object's attributes. */
function parse(text: string): unknown {
  return JSON.parse(text.startsWith('{') ? text.replace(/(\w+) += /g, '"$1": ') : text);
}
