import type { EnvironmentName } from '../environments.ts';
import { awsPrices as price } from './aws-prices.ts';
import type { CloudCosts } from './cost-table.ts';
import { priceOf } from './price-sources.ts';
import { valuesOf } from './variable-values.ts';

/** What is used beside what the variables say; a month of 730 hours. */
const usage = {
  development: { logGigabytes: 10, natGigabytes: 50, objectsGibibytes: 20, metrics: 60, alarms: 25 },
  staging: { logGigabytes: 40, natGigabytes: 100, objectsGibibytes: 100, metrics: 90, alarms: 40 },
  production: { logGigabytes: 80, natGigabytes: 200, objectsGibibytes: 200, metrics: 90, alarms: 40 },
} as const;

const hours = 730;
const parts = {
  tasks: 'ECS Fargate tasks',
  cluster: 'EKS control plane and nodes',
  edge: 'Load balancer and firewall',
} as const;

/** Dollars a month by part, with the least number of tasks and nodes that an environment keeps. */
function monthlyCost(environment: EnvironmentName): Readonly<Record<string, number>> {
  const values = valuesOf('aws', environment);
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
  const instance = priceOf(price.database, values.db_instance_class);
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
      hours * (price.clusterControlPlane + nodes * priceOf(price.node, values.eks_node_type)) +
      nodes * 50 * price.diskGibibyteMonth,
    'RDS PostgreSQL': database,
    ElastiCache: number('redis_num_cache_nodes') * priceOf(price.cache, values.redis_node_type) * hours,
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

/** Of an environment on AWS. */
export const awsCosts: CloudCosts = {
  monthly: monthlyCost,
  without: { 'enable_eks = false': [parts.cluster], 'enable_ecs = false': [parts.tasks, parts.edge] },
};
