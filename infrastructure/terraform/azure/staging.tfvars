# Like production in shape and in the number of replicas, without the second region.

azure_region = "Japan East"
environment  = "staging"
runtime      = "kubernetes"

vnet_cidr             = "10.1.0.0/16"
container_subnet_cidr = "10.1.1.0/24"
database_subnet_cidr  = "10.1.2.0/24"

sql_database_sku         = "S2"
sql_database_max_size_gb = 50
sql_admin_username       = "sqladmin"

redis_capacity = 0
redis_family   = "C"
redis_sku_name = "Standard"

postgresql_sku        = "GP_Standard_D2ds_v5"
postgresql_storage_mb = 65536

database_backup_days = 14

service_replicas = 3
worker_replicas  = 2
gateway_capacity = { minimum = 1, maximum = 4 }

aks_node_size = "Standard_D4s_v5"
aks_nodes     = { minimum = 2, maximum = 6 }

storage_replication       = "GRS"
storage_old_versions_days = 30
log_retention_days        = 91
