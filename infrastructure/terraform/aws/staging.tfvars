# Like production in shape and in the number of replicas, without the second region.

aws_region  = "ap-northeast-1"
environment = "staging"
runtime     = "kubernetes"

vpc_cidr             = "10.0.0.0/16"
public_subnet_cidrs  = ["10.0.1.0/24", "10.0.2.0/24"]
private_subnet_cidrs = ["10.0.10.0/24", "10.0.20.0/24"]
nat_gateways         = "zone"

ml_service_cpu      = 2048
ml_service_memory   = 4096
data_service_cpu    = 1024
data_service_memory = 2048
service_replicas    = { minimum = 3, maximum = 20 }
worker_replicas     = { minimum = 2, maximum = 10 }

db_instance_class        = "db.t3.medium"
db_allocated_storage     = 50
db_backup_retention_days = 14
db_multi_az              = true

redis_node_type       = "cache.t3.micro"
redis_num_cache_nodes = 1

eks_processor_limit = 64

objects_old_versions_days = 30
backup_retention_days     = 14
