import type { EnvironmentName } from '../environments.ts';
import { azurePrices as price } from './azure-prices.ts';
import type { CloudCosts } from './cost-table.ts';
import { priceOf } from './price-sources.ts';
import { valuesOf } from './variable-values.ts';

/** What is used beside what the variables say; a month of 730 hours. */
const usage = {
  development: { logGigabytes: 10, natGigabytes: 50, objectsGigabytes: 20 },
  staging: { logGigabytes: 40, natGigabytes: 100, objectsGigabytes: 100 },
  production: { logGigabytes: 80, natGigabytes: 200, objectsGigabytes: 200 },
} as const;

const hours = 730;
const parts = {
  groups: 'Container Instances of one slot',
  edge: 'Application Gateway with its firewall',
  cluster: 'AKS: nodes and control plane',
  postgresql: 'PostgreSQL flexible server',
  sql: 'Azure SQL',
} as const;

/** Dollars a month by part, with one slot filled and the least number of nodes that an environment keeps. */
function monthlyCost(environment: EnvironmentName): Readonly<Record<string, number>> {
  const values = valuesOf('azure', environment);
  const number = (name: string) => Number(values[name]);
  const size = (name: string) => values[name] as { readonly cpu: number; readonly memory: number };
  const least = (name: string) => (values[name] as { readonly minimum: number }).minimum;
  const used = usage[environment];
  const small = { cpu: 0.5, memory: 1 };

  const group = ({ cpu, memory }: { readonly cpu: number; readonly memory: number }) =>
    hours * (cpu * price.containerProcessor + memory * price.containerGigabyte);
  const services = number('service_replicas');
  const groups =
    services * (group(size('ml_service_size')) + group(size('data_service_size')) + group(small)) +
    Math.min(2, services) * group(small) +
    number('worker_replicas') * group(size('worker_size'));

  const [system, work] = [number('aks_system_nodes'), least('aks_nodes')];
  const cluster =
    hours *
      (system * price.node.Standard_D2ds_v5 +
        work * priceOf(price.node, values.aks_node_size) +
        price.clusterStandard) +
    // Disks of the system's nodes are parts of their machines.
    work * price.nodeDiskMonth;

  const copies = values.postgresql_zone_redundant === true ? 2 : 1;
  const postgresql =
    copies *
    (hours * priceOf(price.postgresql, values.postgresql_sku) +
      (number('postgresql_storage_mb') / 1024) * price.postgresqlGigabyteMonth);
  const standby = values.sql_failover_group === true ? 2 : 1;
  const redisNodes = values.redis_high_availability === false ? 1 : 2;

  return {
    [parts.groups]: groups,
    [parts.edge]: hours * (price.firewallGateway + 10 * least('gateway_capacity') * price.firewallGatewayUnit),
    [parts.cluster]: cluster,
    [parts.postgresql]: postgresql,
    [parts.sql]: standby * priceOf(price.sqlMonth, values.sql_database_sku),
    'Azure Managed Redis': redisNodes * hours * priceOf(price.redisManaged, values.redis_managed_sku),
    'NAT, addresses, private endpoints, DNS':
      hours * (price.natGateway + 2 * price.publicAddress + (4 + standby) * price.privateEndpoint) +
      used.natGigabytes * price.natGigabyte +
      7 * price.dnsZoneMonth,
    'Image registry, blobs, Key Vault':
      30 * price.registryDay +
      used.objectsGigabytes * priceOf(price.objectsGigabyteMonth, values.storage_replication) +
      price.secretOperations10k,
    'Logs and alerts':
      used.logGigabytes * price.logGigabyte +
      11 * price.metricAlertMonth +
      (values.detailed_monitoring === false ? 0 : 3 * price.dynamicAlertMonth) +
      price.queryAlertMonth,
  };
}

/** Of an environment on Azure. */
export const azureCosts: CloudCosts = {
  monthly: monthlyCost,
  without: {
    'enable_aks = false': [parts.cluster],
    'enable_container_instances = false': [parts.groups, parts.edge],
    'enable_azure_sql = false': [parts.sql],
    'enable_postgresql = false': [parts.postgresql],
  },
};
