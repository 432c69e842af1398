# High availability. Every name up to redis_sku_name is the specification's, with its value.

azure_region = "Japan East"
environment  = "production"

vnet_cidr             = "10.1.0.0/16"
container_subnet_cidr = "10.1.1.0/24"
database_subnet_cidr  = "10.1.2.0/24"

sql_database_sku         = "S2"
sql_database_max_size_gb = 100
sql_admin_username       = "sqladmin"
# sql_admin_password: never here. One is made and kept in Key Vault; or set TF_VAR_sql_admin_password.

redis_capacity = 1
redis_family   = "C"
redis_sku_name = "Standard"

# Beyond the specification.

runtime = "both" # or containers (Container Instances) or kubernetes (AKS) alone, which costs less

postgresql_sku        = "GP_Standard_D4ds_v5"
postgresql_storage_mb = 131072

database             = "postgresql" # or sql: Azure SQL
database_standby     = true
database_backup_days = 35

service_replicas = 3
group_sizes      = { worker = { cpu = 4, memory = 8 } }
worker_replicas  = 2
gateway_capacity = { minimum = 2, maximum = 10 }

aks_node_size = "Standard_D8s_v5"
aks_nodes     = { minimum = 3, maximum = 12, system = 3 }

storage_replication = "GRS"
log_retention_days  = 365

# Whoever applies, and nobody else, reaches Key Vault, registry and the cluster's API:
# operator_cidrs = ["203.0.113.0/24"]

# HTTPS with a certificate that browsers trust: import it into Key Vault, then
# domain_name      = "day-trade.example.com"
# certificate_name = "day-trade"
