/** What holds data, or what data cannot be read without: a loss of these cannot be applied away again. */
export type GuardedKind = 'database' | 'cache' | 'bucket' | 'key' | 'cluster' | 'backup';

/** Resource types of both clouds by what they are; a type that is not named here may be replaced freely. */
const types: Readonly<Record<GuardedKind, readonly string[]>> = {
  database: [
    'aws_db_instance',
    'aws_rds_cluster',
    'aws_rds_cluster_instance',
    'aws_dynamodb_table',
    'azurerm_mssql_server',
    'azurerm_mssql_database',
    'azurerm_postgresql_flexible_server',
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
  backup: ['aws_backup_vault', 'azurerm_data_protection_backup_vault', 'azurerm_recovery_services_vault'],
};

const kindByType = new Map<string, GuardedKind>(
  Object.entries(types).flatMap(([kind, names]) => names.map((name) => [name, kind as GuardedKind] as const)),
);

/** The kind of a guarded resource type, or undefined for one that may come and go. */
export function guardedKind(type: string): GuardedKind | undefined {
  return kindByType.get(type);
}
