import type { EnvironmentName } from '../environments.ts';
import { awsPrices as price } from './aws-prices.ts';
import type { CloudCosts } from './cost-table.ts';
import { priceOf } from './price-sources.ts';
import { type VariableValues, valuesOf } from './variable-values.ts';

/** What is used beside what the variables say; a month of 730 hours. */
const usage = {
  development: {
    logGigabytes: 10,
    natGigabytes: 50,
    objectsGibibytes: 20,
    imagesGibibytes: 5,
    backupGibibytes: 20,
    metrics: 60,
    alarms: 25,
    // What the chart's pods ask for at rest, with the stores outside of the cluster, and of that the workers.
    processors: 2,
    workerProcessors: 1,
    volumesGibibytes: 60,
  },
  staging: {
    logGigabytes: 40,
    natGigabytes: 100,
    objectsGibibytes: 100,
    imagesGibibytes: 10,
    backupGibibytes: 100,
    metrics: 250,
    alarms: 40,
    processors: 8,
    workerProcessors: 2,
    volumesGibibytes: 60,
  },
  production: {
    logGigabytes: 80,
    natGigabytes: 200,
    objectsGibibytes: 200,
    imagesGibibytes: 10,
    backupGibibytes: 300,
    metrics: 300,
    alarms: 40,
    processors: 12,
    workerProcessors: 4,
    volumesGibibytes: 60,
  },
} as const;

const hours = 730;
/** In which the database stands that a week's restore test makes: an hour until it is there, and four in backup.tf. */
const restoreHours = (5 * 52) / 12;
const parts = {
  tasks: 'ECS Fargate tasks',
  cluster: 'EKS control plane and nodes',
  edge: 'Load balancer and firewall',
} as const;

/** Dollars a month by part, with the least number of tasks and nodes that an environment keeps. */
function monthlyCost(environment: EnvironmentName, chosen: VariableValues = {}): Readonly<Record<string, number>> {
  const values = { ...valuesOf('aws', environment), ...chosen };
  const number = (name: string) => Number(values[name]);
  const open = openShare(values.scaling_hours);
  const replicas = (name: string) => {
    const { minimum } = values[name] as { minimum: number };
    return open * minimum + (1 - open) * Math.min(1, minimum);
  };
  const arm = values.processor_architecture === 'arm64' ? price.armShare : 1;
  const used = usage[environment];
  const zones = values.nat_gateways === 'single' ? 1 : (values.private_subnet_cidrs as string[]).length;

  const task = (name: string) =>
    ((number(`${name}_cpu`) / 1024) * price.fargateProcessor +
      (number(`${name}_memory`) / 1024) * price.fargateGibibyte) *
    hours *
    arm;
  const services = replicas('service_replicas');
  const spot = number('fargate_spot_weight') / 100;
  const tasks =
    services * (task('ml_service') + task('data_service') + task('dashboard')) +
    Math.min(2, (values.service_replicas as { minimum: number }).minimum) * task('scheduler_service') +
    replicas('worker_replicas') * task('worker') * (1 - spot * (1 - price.spotShare));

  const copies = values.db_multi_az === true ? 2 : 1;
  const instance = priceOf(price.database, values.db_instance_class);
  const insights = values.db_insights === 'advanced' ? 2 * price.databaseInsightsProcessor : 0;
  const database =
    copies * (hours * (instance + insights) + number('db_allocated_storage') * price.databaseGibibyteMonth);

  const spotProcessors = values.eks_spot_workers === true ? used.workerProcessors : 0;
  const nodes =
    arm *
    price.nodeProcessor *
    (used.processors - spotProcessors * (1 - price.spotShare) + used.processors * price.autoModeShare);
  const natGateways = zones * (price.natGateway + price.publicAddress) * hours + used.natGigabytes * price.natGigabyte;
  const endpoints = (values.interface_endpoints as string[]).length * zones * price.interfaceEndpoint * hours;
  const addresses = (values.public_subnet_cidrs as string[]).length * price.publicAddress;
  const isCopied = values.cross_region_replication === true;
  const keys = isCopied ? 10 : 7;

  return {
    [parts.tasks]: tasks,
    [parts.cluster]:
      hours * (price.clusterControlPlane + nodes + (values.eks_jump_host === true ? price.jumpHost : 0)) +
      (Math.ceil(used.processors / 4) * 50 + used.volumesGibibytes) * price.diskGibibyteMonth,
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
    'Objects, images, keys, secrets':
      used.objectsGibibytes * price.objectsGibibyteMonth * (isCopied ? 2 : 1) +
      used.imagesGibibytes * price.imagesGibibyteMonth +
      keys * price.keyMonth +
      4 * price.secretMonth,
    'AWS Backup with its weekly restore, and what goes to the second region':
      restoreHours * instance +
      used.backupGibibytes * price.backupGibibyteMonth * (isCopied ? 2 : 1) +
      (isCopied ? used.objectsGibibytes * price.regionGigabyte : 0),
  };
}

/** The share of a week within the hours of the working days; all of it without such hours. */
function openShare(given: unknown): number {
  if (given === undefined) return 1;
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const { from, to } = given as { from: string; to: string };
  return ((minutes(to) - minutes(from)) * 5) / (7 * 24 * 60);
}

/** Of an environment on AWS. */
export const awsCosts: CloudCosts = {
  monthly: monthlyCost,
  without: { 'enable_eks = false': [parts.cluster], 'enable_ecs = false': [parts.tasks, parts.edge] },
  savings: {
    'processor_architecture = "arm64"': { processor_architecture: 'arm64' },
    'fargate_spot_weight = 100': { fargate_spot_weight: 100 },
    'eks_spot_workers = true': { eks_spot_workers: true },
    'scaling_hours = { from = "07:30", to = "18:30" }': { scaling_hours: { from: '07:30', to: '18:30' } },
  },
};
