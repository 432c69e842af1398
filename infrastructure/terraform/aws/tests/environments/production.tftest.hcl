# The root with production.tfvars:
#   terraform test -test-directory=tests/environments \
#     -filter=tests/environments/production.tftest.hcl -var-file=production.tfvars

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012", arn = "arn:aws:sts::123456789012:assumed-role/operator/somebody" }
  }

  mock_data "aws_iam_session_context" {
    defaults = { issuer_arn = "arn:aws:iam::123456789012:role/operator" }
  }

  mock_data "aws_ssm_parameter" {
    defaults = { value = "ami-0123456789abcdef0" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_availability_zones" {
    defaults = { names = ["ap-northeast-1d", "ap-northeast-1a", "ap-northeast-1c"] }
  }
}

mock_provider "aws" {
  alias = "replica"

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

# An ephemeral resource cannot be mocked. This one sends no request: nothing is generated before its secret exists.
provider "aws" {
  alias                       = "secrets"
  region                      = "ap-northeast-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = { database-password = "managed" }
  }
}

# Without a receiver of alarms a plan warns, which is tried in choices.tftest.hcl.
variables {
  alarm_emails = ["on-call@example.com"]
}

run "production" {
  command = plan

  # Network.

  assert {
    condition     = aws_vpc.main.cidr_block == "10.0.0.0/16"
    error_message = "The VPC must have the specification's addresses."
  }

  assert {
    condition     = keys(aws_subnet.private) == ["ap-northeast-1a", "ap-northeast-1c"] && keys(aws_subnet.public) == keys(aws_subnet.private)
    error_message = "There must be a public and a private subnet in each of the first two zones."
  }

  assert {
    condition     = contains(data.aws_availability_zones.available.exclude_zone_ids, "apne1-az3")
    error_message = "The zone of Tokyo that has no Fargate must not be among those that are taken."
  }

  assert {
    condition = alltrue([for subnet in aws_subnet.private :
      2 * sum([for service in local.services : service.replicas.maximum]) / length(aws_subnet.private) + length(aws_vpc_endpoint.interface) + 2
      <= (pow(2, 32 - split("/", subnet.cidr_block)[1]) - 5) / 2
    ])
    error_message = "A deployment of every service at its most, the endpoints and the stores must leave half of each private subnet's addresses to nodes and pods."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : !subnet.map_public_ip_on_launch])
    error_message = "Nothing may get a public address by itself."
  }

  assert {
    condition     = length(aws_nat_gateway.main) == 2
    error_message = "Each zone must have a way out of its own."
  }

  assert {
    condition     = toset(keys(aws_vpc_endpoint.interface)) == toset(["ecr.api", "ecr.dkr", "logs", "secretsmanager"]) && aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway"
    error_message = "S3, ECR, logs and secrets must be reached without leaving the VPC."
  }

  assert {
    condition     = aws_flow_log.vpc.traffic_type == "ALL"
    error_message = "All flows must be logged."
  }

  assert {
    condition = toset([
      for name, rule in merge(aws_vpc_security_group_ingress_rule.group, aws_vpc_security_group_ingress_rule.nodes) :
      "${aws_security_group.main[reverse(split("-", name))[0]].description} ${rule.from_port} ${coalesce(rule.cidr_ipv4, "groups")}"
      if endswith(name, "database") || endswith(name, "cache")
    ]) == toset(["PostgreSQL of day-trade-production 5432 groups", "Cache of day-trade-production 6379 groups"])
    error_message = "Database and cache must be open to groups only, on their own port only."
  }

  # Database.

  assert {
    condition     = aws_db_instance.main.instance_class == "db.t3.medium" && aws_db_instance.main.allocated_storage == 100
    error_message = "The database must have the specification's size."
  }

  assert {
    condition     = aws_db_instance.main.multi_az && aws_db_instance.main.deletion_protection && !aws_db_instance.main.skip_final_snapshot
    error_message = "The database must survive its zone and a mistake."
  }

  assert {
    condition     = aws_db_instance.main.storage_encrypted && aws_db_instance.main.manage_master_user_password && !aws_db_instance.main.publicly_accessible
    error_message = "The database must be encrypted, private, and have a password that RDS keeps."
  }

  assert {
    condition     = aws_db_instance.main.backup_retention_period == 35
    error_message = "Backups must be kept for 35 days."
  }

  assert {
    condition     = length(aws_db_instance_automated_backups_replication.main) == 1
    error_message = "Backups must be copied to the second region."
  }

  assert {
    condition     = contains([for parameter in aws_db_parameter_group.main.parameter : "${parameter.name}=${parameter.value}"], "rds.force_ssl=1")
    error_message = "The database must refuse connections without TLS."
  }

  assert {
    condition     = aws_db_instance.main.database_insights_mode == "advanced" && aws_db_instance.main.performance_insights_retention_period == 465
    error_message = "Insights must be the advanced ones."
  }

  assert {
    condition     = local.database_connections == 405 && local.database_pool * local.database_processes <= local.database_connections
    error_message = "As many processes as auto scaling starts must find a connection each for all that they may hold."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.main["database-connections"].threshold == 303
    error_message = "The alarm must come before the last connection, whatever the class."
  }

  # Cache.

  assert {
    condition     = aws_elasticache_replication_group.main.node_type == "cache.t3.micro" && aws_elasticache_replication_group.main.num_cache_clusters == 1
    error_message = "The cache must have the specification's size."
  }

  assert {
    condition     = aws_elasticache_replication_group.main.transit_encryption_enabled && aws_elasticache_replication_group.main.transit_encryption_mode == "required"
    error_message = "The cache must refuse connections without TLS."
  }

  assert {
    condition     = aws_elasticache_replication_group.main.at_rest_encryption_enabled == "true" || aws_elasticache_replication_group.main.at_rest_encryption_enabled == true
    error_message = "The cache must be encrypted."
  }

  assert {
    condition     = aws_elasticache_replication_group.main.auth_token == null && aws_elasticache_user.default.access_string == "off -@all"
    error_message = "Only the named user may use the cache, and Terraform must not know its password."
  }

  # Storage and backup.

  assert {
    condition     = length(module.objects_replica) == 1 && length(aws_s3_bucket_replication_configuration.objects) == 1
    error_message = "Objects must be copied to the second region."
  }

  assert {
    condition     = length(aws_backup_vault.replica) == 1 && length(aws_backup_vault_lock_configuration.main) == 1
    error_message = "Recovery points must be copied to the second region, and be locked."
  }

  assert {
    condition     = toset([for rule in aws_backup_plan.main.rule : rule.rule_name]) == toset(["daily", "monthly"])
    error_message = "There must be daily and monthly recovery points."
  }

  assert {
    condition     = aws_backup_restore_testing_selection.database.protected_resource_type == "RDS"
    error_message = "A restore of the database must be tried by itself."
  }

  assert {
    condition     = length(module.replica_key) == 1
    error_message = "What is copied must have a key of its own in the second region."
  }

  # Edge and cluster.

  assert {
    condition     = aws_lb.main[0].enable_deletion_protection && aws_lb.main[0].drop_invalid_header_fields
    error_message = "The load balancer must be protected and drop invalid headers."
  }

  assert {
    condition     = one(aws_lb_listener.http[0].default_action[0].redirect).protocol == "HTTPS"
    error_message = "HTTP must only be sent on to HTTPS."
  }

  assert {
    condition     = length(aws_wafv2_web_acl_association.main) == 1 && length(aws_wafv2_web_acl.main[0].rule) == 4
    error_message = "The firewall must stand before the load balancer, with a rate limit and three managed groups of rules."
  }

  assert {
    condition = anytrue(flatten([
      for rule in aws_wafv2_web_acl.main[0].rule : [
        for group in rule.statement[0].managed_rule_group_statement : [
          for override in group.rule_action_override : override.name == "SizeRestrictions_BODY" && length(override.action_to_use[0].count) == 1
        ]
      ]
    ]))
    error_message = "The firewall must let a training with many symbols through."
  }

  assert {
    condition     = aws_eks_cluster.main[0].name == "day-trade-production" && aws_eks_cluster.main[0].access_config[0].authentication_mode == "API"
    error_message = "The cluster must have the specification's name, and access entries."
  }

  assert {
    condition     = keys(aws_eks_access_policy_association.administrators) == ["arn:aws:iam::123456789012:role/operator"]
    error_message = "Where no administrator is named, the role that applies must be the one."
  }

  assert {
    condition     = length(aws_backup_vault_lock_configuration.main) == 1 && length(aws_backup_vault_lock_configuration.replica) == 1
    error_message = "Recovery points must be locked in both regions."
  }

  assert {
    condition     = aws_eks_cluster.main[0].upgrade_policy[0].support_type == "STANDARD"
    error_message = "The cluster must not go into extended support, which costs six times as much."
  }

  assert {
    condition     = !aws_eks_cluster.main[0].vpc_config[0].endpoint_public_access && aws_eks_cluster.main[0].vpc_config[0].endpoint_private_access
    error_message = "The cluster's API must not be reached from the internet."
  }

  assert {
    condition     = length(aws_eks_cluster.main[0].enabled_cluster_log_types) == 5 && one(aws_eks_cluster.main[0].encryption_config).resources == toset(["secrets"])
    error_message = "The cluster must log everything and encrypt its secrets."
  }

  assert {
    condition     = length(aws_eks_addon.main) == 2
    error_message = "Metrics of pods, and their way to CloudWatch, are add-ons."
  }

  assert {
    condition     = aws_eks_pod_identity_association.main["ml-service"].namespace == "day-trade"
    error_message = "Pods of the specification's namespace must have their roles."
  }

  assert {
    condition     = toset([for name in keys(aws_iam_role_policy_attachment.service) : name if startswith(name, "node ")]) == toset(["node AmazonEKSWorkerNodeMinimalPolicy", "node AmazonEC2ContainerRegistryPullOnly"])
    error_message = "A node must be allowed to join and to pull images, and nothing else."
  }

  # Monitoring.

  assert {
    condition     = aws_cloudwatch_metric_alarm.main["coverage"].threshold == 0.93
    error_message = "The objective of 93 % must have an alarm."
  }

  assert {
    condition     = contains(keys(aws_cloudwatch_metric_alarm.anomaly), "prediction-error") && contains(keys(aws_cloudwatch_metric_alarm.anomaly), "ml-service-latency")
    error_message = "Anomalies of the prediction error and of the latency must be found."
  }

  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.main : group.retention_in_days == 365])
    error_message = "Logs must be kept for a year."
  }

  assert {
    condition     = length(aws_cloudwatch_dashboard.main) == 1
    error_message = "There must be a dashboard."
  }
}

run "services" {
  command = plan

  variables {
    image_digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }

  assert {
    condition = { for name, role in module.task_role : name => role.rights } == {
      dashboard         = []
      data-service      = ["ListObjects", "Objects", "KeyOfObjects"]
      migrate           = []
      ml-service        = ["ListObjects", "Objects", "KeyOfObjects"]
      scheduler-service = []
      worker            = ["ListObjects", "Objects", "KeyOfObjects"]
    }
    error_message = "A task may do what its part does: the page, the scheduler and the migration touch no object, and a password needs no right to tokens."
  }

  assert {
    condition = { for name, role in module.pod_role : name => role.rights if contains(["dashboard", "scheduler-service", "migrate", "backup"], name) } == {
      backup            = ["ListObjects", "Objects", "KeyOfObjects"]
      dashboard         = []
      migrate           = []
      scheduler-service = []
    }
    error_message = "A pod may do what its part does, and has no right to tokens of the database with a password."
  }

  assert {
    condition     = { for name, service in module.service : name => join(" ", service.secret_names) if contains(["dashboard", "worker"], name) } == { dashboard = "DAYTRADE_TOKEN", worker = "DAYTRADE_DATABASE_PASSWORD DAYTRADE_REDIS_PASSWORD DAYTRADE_TOKEN" }
    error_message = "Of all secrets the page gets the token."
  }

  assert {
    condition     = module.service["worker"].migration_secret_names == ["DAYTRADE_DATABASE_PASSWORD"]
    error_message = "The migration gets the password of the database, and no other secret."
  }

  assert {
    condition     = toset(keys(module.service)) == toset(["dashboard", "data-service", "ml-service", "scheduler-service", "worker"])
    error_message = "There must be one service for each part."
  }

  assert {
    condition     = local.services["ml-service"].cpu == 2048 && local.services["ml-service"].memory == 4096
    error_message = "ml-service must have the specification's size."
  }

  assert {
    condition     = local.services["data-service"].cpu == 1024 && local.services["data-service"].memory == 2048
    error_message = "data-service must have the specification's size."
  }

  assert {
    condition     = local.services["ml-service"].replicas.minimum == 3 && local.services["ml-service"].replicas.maximum == 20
    error_message = "ml-service must have three tasks at least and twenty at most."
  }

  assert {
    condition     = alltrue([for service in local.services : service.drain_pause + service.drain + 20 <= 120])
    error_message = "Fargate waits 120 seconds at most for a task to stop."
  }

  assert {
    condition     = !can(nonsensitive(local.common_settings.DAYTRADE_TOKEN)) && length(setintersection(keys(local.common_settings), keys(local.token_secret))) == 0
    error_message = "A secret must never be an environment variable in clear."
  }
}
