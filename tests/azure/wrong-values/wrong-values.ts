import { type WrongValue, wrong } from '../../support/terraform/wrong-values.ts';

const own = 'that begins at its own first address';
const inside = 'inside vnet_cidr';

/** Wrong values by the file that refuses them; together they break every rule of the root once. */
export const wrongValues: Readonly<Record<string, readonly WrongValue[]>> = {
  'variables.tf': [
    wrong('azure_region', 'japaneast', 'must be one of: Japan East, Japan West'),
    wrong('environment', 'prod', 'must be one of: development, staging, production'),
    wrong('operator_cidrs', ['203.0.113.7/24'], 'each beginning at its own first address'),
    wrong('operator_cidrs', ['0.0.0.0/0'], 'the whole internet is not allowed'),
    wrong('runtime', 'aks', 'must be one of: containers, kubernetes, both'),
    wrong('role_wait_seconds', 601, 'must be a whole number from 0 to 600'),
    wrong('tags', { 'microsoft-owner': 'me' }, 'that do not begin with microsoft'),
  ],
  'variables.network.tf': [
    wrong('vnet_cidr', '10.1.0.7/16', 'that begins at its own first address, for example "10.1.0.0/16"'),
    wrong('vnet_cidr', '10.0.0.0/8', 'must have a prefix from /16 to /20', { container_subnet_cidr: '10.0.1.0/24' }),
    wrong('container_subnet_cidr', '10.1.1.0/28', own),
    wrong('container_subnet_cidr', '10.2.1.0/24', inside),
    wrong('database_subnet_cidr', '10.1.2.9/24', own),
    wrong('database_subnet_cidr', '10.2.2.0/24', inside),
    wrong('vnet_cidr', '10.244.16.0/20', 'must lie outside 10.244.0.0/16 and 10.96.0.0/16'),
    wrong('subnet_cidrs', { gateway: '10.1.3.0/27' }, 'gateway of at least /26, endpoint /27, aks /24'),
    wrong('subnet_cidrs', { aks: '10.2.16.0/20' }, inside),
    wrong('aks_allowed_cidrs', ['everybody'], 'must be IPv4 networks in CIDR form'),
    wrong('gateway_allowed_cidrs', [], 'must be at least one IPv4 network in CIDR form'),
  ],
  'variables.services.tf': [
    wrong('slots', { blue: 'latest' }, 'must name images by sha256: and 64 hexadecimal digits'),
    wrong('active_slot', 'red', 'must be one of: blue, green'),
    wrong('group_sizes', { web: { cpu: 1, memory: 4 } }, 'must be of ml-service, data-service'),
    wrong('group_sizes', { worker: { cpu: 8, memory: 4 } }, 'must have 0.1 to 4 cpu and 0.5 to 16 GB of memory'),
    wrong('service_replicas', 0, 'must be a whole number from 1 to 10'),
    wrong('worker_replicas', 11, 'must be a whole number from 1 to 10'),
    wrong('log_level', 'verbose', 'must be one of: trace, debug, info, warn, error'),
    wrong('token_version', 0, 'must be a whole number, 1 or more'),
  ],
  'variables.database.tf': [
    wrong('database', 'mysql', 'must be one of: postgresql, sql'),
    wrong('database_standby', true, 'must be false with a burstable postgresql_sku', {
      postgresql_sku: 'B_Standard_B2s',
    }),
    wrong('database_backup_days', 3, 'must be a whole number from 7 to 35'),
    wrong('database_password_version', 0, 'must be a whole number, 1 or more'),
    wrong('sql_database_sku', 'db.t3.medium', 'for example "S2"'),
    wrong('sql_database_max_size_gb', 99, 'must be one of: 1, 2, 5, 10'),
    wrong('sql_database_max_size_gb', 500, 'must be at most 250 with the sizes S0 to S2'),
    wrong('sql_admin_username', 'sa', 'no name that Azure SQL keeps for itself'),
    wrong('sql_admin_password', 'Too-short-1', 'must have 16 to 128 characters'),
    wrong('sql_admin_password', 'only-small-letters', 'must have three of: small letters, capital letters'),
    wrong('database_restore', { source: 'old', time: 'yesterday' }, 'must be a time as 2026-12-01T06:00:00Z'),
    wrong('database_restore', { source: 'a', time: '2026-12-01T06:00:00Z', mode: 'No' }, 'must be PointInTimeRestore'),
    wrong('postgresql_version', '9.6', 'must be one of: 16, 17, 18'),
    wrong('postgresql_sku', 'D2ds_v5', 'for example "GP_Standard_D2ds_v5"'),
    wrong('postgresql_storage_mb', 100000, 'must be one of: 32768, 65536'),
  ],
  'variables.cache.tf': [
    wrong('redis_capacity', 7, 'must be a whole number from 0 to 6 in the family C'),
    wrong('redis_family', 'D', 'must be one of: C, P'),
    wrong('redis_sku_name', 'Enterprise', 'must be one of: Basic, Standard, Premium'),
    wrong('redis_sku_name', 'Premium', 'must fit redis_family'),
  ],
  'variables.storage.tf': [
    wrong('storage_replication', 'RAGRS', 'must be one of: LRS, ZRS, GRS, GZRS'),
    wrong('storage_old_versions_days', 0, 'must be a whole number from 1 to 365'),
  ],
  'variables.edge.tf': [
    wrong('certificate_name', 'my certificate', 'must be the name of a certificate in Key Vault'),
    wrong('domain_name', 'localhost', 'must be a full host name in lowercase'),
    wrong('gateway_capacity', { minimum: 3, maximum: 2 }, 'must have 0 <= minimum < maximum'),
  ],
  'variables.aks.tf': [
    wrong('aks_version', '1.33', 'must be 1.34 to 1.39'),
    wrong('aks_node_size', 'm6i.large', 'must be a size of the families D or E'),
    wrong('aks_nodes', { minimum: 3, maximum: 2 }, 'must have 1 <= minimum <= maximum <= 100'),
    wrong('aks_nodes', { minimum: 1, maximum: 2, system: 0 }, 'must have a whole number from 1 to 5 as system'),
    wrong('aks_administrators', ['somebody'], 'must be object ids of Entra'),
  ],
  'variables.monitoring.tf': [
    wrong('log_retention_days', 90, 'must be a whole number from 91 to 730'),
    wrong('alarm_emails', ['on-call'], 'must be e-mail addresses'),
    wrong('trace_share', 10, 'must be a share from 0 to 1'),
  ],
};

/** The same for the root that makes the account of the state. */
export const wrongBootstrapValues: readonly WrongValue[] = [
  wrong('azure_region', 'tokyo', 'must be one of: Japan East'),
  wrong('github_repository', 'day-trade', 'must be owner/name, for example "example/day-trade"'),
  wrong('github_repository_ids', '123456', 'must be two numbers, that of the owner and that of the repository'),
  wrong('github_repository_ids', '123456/456789', 'must stand beside github_repository'),
  wrong('environments', ['production', 'prod'], 'must be some of: development, staging, production'),
];
