# Minimal: one of everything, nothing protected, so that it can be made and destroyed in an afternoon.

azure_region = "Japan East"
environment  = "development"
runtime      = "kubernetes"

vnet_cidr             = "10.1.0.0/16"
container_subnet_cidr = "10.1.1.0/24"
database_subnet_cidr  = "10.1.2.0/24"

sql_database_sku         = "S0"
sql_database_max_size_gb = 10
sql_admin_username       = "sqladmin"

redis_capacity = 0
redis_family   = "C"
redis_sku_name = "Basic"

postgresql_sku        = "B_Standard_B2s"
postgresql_storage_mb = 32768

group_sizes = {
  ml-service   = { cpu = 1, memory = 2 }
  data-service = { cpu = 0.5, memory = 1 }
  worker       = { cpu = 1, memory = 4 }
}
service_replicas = 1
worker_replicas  = 1
log_level        = "debug"
gateway_capacity = { minimum = 0, maximum = 2 }

aks_node_size = "Standard_D2s_v5"
aks_nodes     = { minimum = 1, maximum = 3, system = 1 }

storage_replication       = "GRS"
storage_old_versions_days = 7
log_retention_days        = 91
detailed_monitoring       = false

deletion_protection = false
