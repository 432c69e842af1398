/** What holds data, or what data cannot be read without: a loss of these cannot be applied away again. */
export type GuardedKind =
  | 'database'
  | 'cache'
  | 'bucket'
  | 'key'
  | 'cluster'
  | 'backup'
  | 'secret'
  | 'repository'
  | 'network'
  | 'gateway'
  /** What answers people: blue or green, where it is the one that people reach (slots.ts). */
  | 'slot';

/** Resource types of both clouds by what they are; a type that is not named here may be replaced freely. */
const types: Readonly<Record<Exclude<GuardedKind, 'slot'>, readonly string[]>> = {
  database: [
    'aws_db_instance',
    'aws_rds_cluster',
    'aws_rds_cluster_instance',
    'aws_dynamodb_table',
    'azurerm_mssql_server',
    'azurerm_mssql_database',
    'azurerm_mssql_failover_group',
    'azurerm_postgresql_flexible_server',
    'azurerm_postgresql_flexible_server_database',
  ],
  cache: [
    'aws_elasticache_cluster',
    'aws_elasticache_replication_group',
    'aws_elasticache_serverless_cache',
    'azurerm_redis_cache',
    'azurerm_managed_redis',
  ],
  bucket: ['aws_s3_bucket', 'azurerm_storage_account', 'azurerm_storage_container'],
  key: ['aws_kms_key', 'aws_kms_replica_key', 'azurerm_key_vault', 'azurerm_key_vault_key'],
  cluster: ['aws_ecs_cluster', 'aws_eks_cluster', 'azurerm_kubernetes_cluster'],
  backup: [
    'aws_backup_vault',
    'aws_backup_vault_lock_configuration',
    'aws_db_instance_automated_backups_replication',
    'azurerm_data_protection_backup_vault',
    'azurerm_recovery_services_vault',
  ],
  // A deleted one keeps its name for weeks, in which nothing can be made anew.
  secret: ['aws_secretsmanager_secret', 'azurerm_key_vault_secret', 'azurerm_key_vault_certificate'],
  repository: ['aws_ecr_repository', 'azurerm_container_registry'],
  // What stands in it cannot move: the apply breaks half-way.
  network: ['aws_vpc', 'aws_subnet', 'azurerm_virtual_network', 'azurerm_subnet'],
  gateway: ['aws_lb', 'azurerm_application_gateway'],
};

const kindByType = new Map<string, GuardedKind>(
  Object.entries(types).flatMap(([kind, names]) => names.map((name) => [name, kind as GuardedKind] as const)),
);

/** The kind of a guarded resource type, or undefined for one that may come and go. */
export function guardedKind(type: string): GuardedKind | undefined {
  return kindByType.get(type);
}
