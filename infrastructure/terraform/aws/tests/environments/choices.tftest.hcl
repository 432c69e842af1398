# What may be chosen beside the environments' own values, on top of staging.tfvars:
#   terraform test -test-directory=tests/environments \
#     -filter=tests/environments/choices.tftest.hcl -var-file=staging.tfvars

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
  runtime      = "both"
}

run "certificate_and_nobody_told" {
  command = plan

  variables {
    certificate_arn         = "arn:aws:acm:ap-northeast-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
    alarm_emails            = []
    eks_public_access_cidrs = []
  }

  expect_failures = [check.alarms_reach_somebody]

  assert {
    condition     = aws_lb_listener.https[0].ssl_policy == "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" && aws_lb_listener.https[0].certificate_arn == var.certificate_arn
    error_message = "HTTPS must use the certificate that was given, with TLS 1.2 at least."
  }

  assert {
    condition     = toset(keys(aws_lb_target_group.service)) == toset(["dashboard", "data-service", "ml-service", "scheduler-service"])
    error_message = "Whatever answers requests must be behind the load balancer, and the worker must not."
  }

  assert {
    condition     = alltrue([for group in aws_lb_target_group.service : group.health_check[0].path == "/readyz" && length(group.name) <= 32])
    error_message = "Requests must only go to tasks that are ready."
  }

  assert {
    condition     = alltrue([for name, rule in aws_lb_listener_rule.service : startswith(name, "dashboard") || rule.priority < 1000])
    error_message = "The page must come last, since it takes every path."
  }

  assert {
    condition     = length(aws_acm_certificate.main) == 0 && length(aws_route53_record.main) == 0
    error_message = "No second certificate may be made."
  }

  assert {
    condition     = one(aws_instance.jump_host[0].metadata_options).http_tokens == "required" && length([for rule in aws_vpc_security_group_egress_rule.jump_host : rule if rule.from_port != 443]) == 0
    error_message = "The jump host must reach nothing but HTTPS, and take its credentials by a token only."
  }

  assert {
    condition     = !aws_eks_cluster.main[0].vpc_config[0].endpoint_public_access && length(aws_instance.jump_host) == 1
    error_message = "Without a network the API must be closed to the internet, and be reached through the jump host."
  }
}

run "own_domain_tokens_named_roles_and_other_sizes" {
  command = plan

  variables {
    domain_name             = "day-trade.example.com"
    route53_zone_id         = "Z0123456789ABCDEFGHIJ"
    db_authentication       = "aws-iam"
    eks_public_access_cidrs = ["203.0.113.0/24"]
    eks_administrators      = ["arn:aws:iam::123456789012:role/administrator"]
    eks_deployers           = ["arn:aws:iam::123456789012:role/administrator", "arn:aws:iam::123456789012:role/deployer"]
    trace_collector_image   = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"
    trace_share             = 0.5
    budget                  = 1500
    db_restore              = { instance = "day-trade-staging-old" }
    db_instance_class       = "db.t3.small"
    redis_num_cache_nodes   = 3
  }

  assert {
    condition     = aws_acm_certificate.main[0].domain_name == "day-trade.example.com" && aws_acm_certificate.main[0].validation_method == "DNS"
    error_message = "A certificate must be made for the name."
  }

  assert {
    condition     = aws_route53_record.main[0].name == "day-trade.example.com" && one(aws_route53_record.main[0].alias).evaluate_target_health
    error_message = "The name must lead to the load balancer."
  }

  assert {
    condition     = output.url == "https://day-trade.example.com"
    error_message = "The address must bear the name."
  }

  assert {
    condition     = aws_elasticache_replication_group.main.automatic_failover_enabled && aws_elasticache_replication_group.main.multi_az_enabled
    error_message = "With more than one node one must take over from another."
  }

  assert {
    condition     = strcontains(local.database_parameters, "authentication=aws-iam") && !contains(keys(local.store_secrets), "DAYTRADE_DATABASE_PASSWORD")
    error_message = "Services that connect by a token must not get the password."
  }

  assert {
    condition = alltrue([
      for roles in [module.task_role, module.pod_role] : toset([for name, role in roles : name if contains(role.rights, "DatabaseByToken")]) == toset(["data-service", "migrate", "ml-service", "scheduler-service", "worker"])
    ])
    error_message = "Whoever asks the database may sign in by a token, and nobody else."
  }

  assert {
    condition     = length(aws_instance.jump_host) == 0
    error_message = "A network that reaches the API by itself needs no jump host."
  }

  assert {
    condition     = aws_eks_cluster.main[0].vpc_config[0].endpoint_public_access && aws_eks_cluster.main[0].vpc_config[0].public_access_cidrs == toset(["203.0.113.0/24"])
    error_message = "The cluster's API must be open to the networks that were named, and to no others."
  }

  assert {
    condition     = !contains(keys(aws_eks_access_entry.main), "arn:aws:iam::123456789012:role/operator") && !aws_eks_cluster.main[0].access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "Where administrators are named, the role that applies gets no entry."
  }

  assert {
    condition     = keys(aws_eks_access_policy_association.deployers) == ["arn:aws:iam::123456789012:role/deployer"] && length(aws_eks_access_entry.main) == 2
    error_message = "Who administers needs no second entry to deploy."
  }

  assert {
    condition     = local.common_settings.DAYTRADE_TRACES_ENDPOINT == "http://127.0.0.1:4318" && local.common_settings.DAYTRADE_TRACES_SHARE == "0.5"
    error_message = "The services must send that share of their traces to the collector beside them."
  }

  assert {
    condition = alltrue([
      for service in module.service : contains(service.containers, "trace-collector")
    ]) && length(module.service) == 5
    error_message = "A collector must run beside every service."
  }

  assert {
    condition     = aws_budgets_budget.main[0].limit_amount == "1500.0" && one(one(aws_budgets_budget.main[0].cost_filter).values) == "user:environment$staging"
    error_message = "The budget must be of this environment."
  }

  assert {
    condition     = one(aws_db_instance.main.restore_to_point_in_time).source_db_instance_identifier == "day-trade-staging-old" && one(aws_db_instance.main.restore_to_point_in_time).use_latest_restorable_time
    error_message = "A new database must begin with what is restored."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.main["database-connections"].threshold < 202
    error_message = "The alarm must come before the last connection of a small class too."
  }

  assert {
    condition     = length([for name in keys(aws_cloudwatch_metric_alarm.main) : name if startswith(name, "cache-cpu-")]) == 3
    error_message = "Every node of the cache must be watched: each can become the primary one."
  }
}

run "cluster_alone_in_zones_in_use" {
  command = plan

  variables {
    runtime                  = "kubernetes"
    availability_zones       = ["ap-northeast-1d", "ap-northeast-1c"]
    backup_lock_days         = 3
    cross_region_replication = true
  }

  assert {
    condition     = length(aws_ecs_cluster.main) == 0 && length(module.service) == 0 && length(aws_lb.main) == 0 && length(aws_wafv2_web_acl.main) == 0
    error_message = "Nothing of ECS may be made."
  }

  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.nodes) == ["cache", "database", "endpoints"] && length(aws_vpc_security_group_ingress_rule.group) == 0
    error_message = "The nodes alone must reach the database, the cache and the endpoints."
  }

  assert {
    condition     = output.eks_cluster_name == "day-trade-staging" && output.ecs_cluster_name == null && output.migration_task_definition == null
    error_message = "The outputs must say what there is."
  }

  assert {
    condition     = toset(keys(aws_subnet.private)) == toset(["ap-northeast-1c", "ap-northeast-1d"]) && aws_subnet.private["ap-northeast-1d"].cidr_block == "10.0.10.0/24"
    error_message = "Zones that are named must be taken, in their order."
  }

  assert {
    condition     = aws_backup_vault_lock_configuration.main[0].changeable_for_days == 3 && aws_backup_vault_lock_configuration.replica[0].changeable_for_days == 3
    error_message = "The locks of both regions must become final after the days that are given."
  }
}

run "tasks_alone" {
  command = plan

  variables {
    runtime = "containers"
  }

  assert {
    condition     = length(aws_eks_cluster.main) == 0 && length(aws_eks_addon.main) == 0 && length(module.pod_role) == 0 && length(aws_instance.jump_host) == 0
    error_message = "Nothing of EKS may be made."
  }

  assert {
    condition     = length(module.service) == 5 && length([for name in keys(aws_vpc_security_group_ingress_rule.group) : name if endswith(name, "-database") || endswith(name, "-cache")]) == 8
    error_message = "The services must be there, and reach what they need."
  }

  assert {
    condition     = output.ecs_cluster_name == "day-trade-staging" && output.eks_cluster_name == null
    error_message = "The outputs must say what there is."
  }
}

run "zone_that_is_not_to_be_had" {
  command = plan

  variables {
    availability_zones = ["ap-northeast-1b", "ap-northeast-1c"]
  }

  expect_failures = [aws_subnet.private]
}
