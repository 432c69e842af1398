# Minimal: one of everything, nothing protected, so that it can be made and destroyed in an afternoon.

aws_region  = "ap-northeast-1"
environment = "development"
runtime     = "containers"

vpc_cidr             = "10.0.0.0/16"
public_subnet_cidrs  = ["10.0.1.0/24", "10.0.2.0/24"]
private_subnet_cidrs = ["10.0.10.0/24", "10.0.20.0/24"]
nat_gateways         = "single"

ml_service_cpu      = 1024
ml_service_memory   = 2048
data_service_cpu    = 512
data_service_memory = 1024
task_sizes          = { scheduler-service = { cpu = 256, memory = 512 }, worker = { cpu = 1024, memory = 4096 } }
service_replicas    = { minimum = 1, maximum = 2 }
worker_replicas     = { minimum = 1, maximum = 2 }
fargate_spot_weight = 100
log_level           = "debug"

db_instance_class        = "db.t3.small"
db_allocated_storage     = 20
db_backup_retention_days = 7

redis_node_type               = "cache.t3.micro"
redis_num_cache_nodes         = 1
redis_snapshot_retention_days = 0

objects_old_versions_days = 7
backup_retention_days     = 7
detailed_monitoring       = false

deletion_protection      = false
kms_deletion_window_days = 7
