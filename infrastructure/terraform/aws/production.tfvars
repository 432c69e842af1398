# High availability. Every name up to redis_num_cache_nodes is the specification's, with its value.

aws_region  = "ap-northeast-1"
environment = "production"

vpc_cidr             = "10.0.0.0/16"
public_subnet_cidrs  = ["10.0.1.0/24", "10.0.2.0/24"]
private_subnet_cidrs = ["10.0.10.0/24", "10.0.20.0/24"]

ml_service_cpu      = 2048
ml_service_memory   = 4096
data_service_cpu    = 1024
data_service_memory = 2048

db_instance_class    = "db.t3.medium"
db_allocated_storage = 100
# db_password: never here. RDS makes and keeps one; or set TF_VAR_db_password.

redis_node_type       = "cache.t3.micro"
redis_num_cache_nodes = 1

# Beyond the specification.

runtime = "both" # or containers (ECS) or kubernetes (EKS) alone, which costs less

nat_gateways             = "zone"
replica_region           = "ap-northeast-3"
cross_region_replication = true

task_sizes       = { worker = { cpu = 4096, memory = 8192 } }
service_replicas = { minimum = 3, maximum = 20 }
worker_replicas  = { minimum = 2, maximum = 20 }

db_multi_az              = true
db_backup_retention_days = 35
db_insights              = "advanced"

redis_snapshot_retention_days = 7

# The cluster's API answers inside the VPC only, and is reached by Session Manager, until you name your network here:
# eks_public_access_cidrs = ["203.0.113.0/24"]
eks_processor_limit = 128

log_retention_days = 365

# HTTPS needs a name of your own: either both of these, or certificate_arn. Without them the load balancer answers nothing.
# domain_name     = "day-trade.example.com"
# route53_zone_id = "Z0123456789ABCDEFGHIJ"
