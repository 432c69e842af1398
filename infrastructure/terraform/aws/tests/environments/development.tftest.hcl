# The root with development.tfvars:
#   terraform test -test-directory=tests/environments \
#     -filter=tests/environments/development.tftest.hcl -var-file=development.tfvars

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

run "development" {
  command = plan

  # Minimal.

  assert {
    condition     = length(aws_nat_gateway.main) == 1 && alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled])
    error_message = "One NAT gateway must do."
  }

  assert {
    condition     = alltrue([for service in local.services : service.replicas.minimum == 1])
    error_message = "There must be one task of each service."
  }

  assert {
    condition     = !aws_db_instance.main.multi_az && aws_db_instance.main.allocated_storage == 20
    error_message = "The database must be small, in one zone."
  }

  assert {
    condition     = !aws_elasticache_replication_group.main.automatic_failover_enabled && aws_elasticache_replication_group.main.snapshot_retention_limit == 0
    error_message = "The cache must be one node without snapshots."
  }

  assert {
    condition     = length(aws_eks_cluster.main) == 0 && length(aws_instance.jump_host) == 0 && output.eks_connect == ""
    error_message = "There must be one runtime, the tasks."
  }

  assert {
    condition     = length(aws_cloudwatch_dashboard.main) == 0 && length(aws_cloudwatch_metric_alarm.anomaly) == 0
    error_message = "Monitoring must be basic."
  }

  # May be destroyed.

  assert {
    condition     = !aws_db_instance.main.deletion_protection && aws_db_instance.main.skip_final_snapshot && !aws_lb.main[0].enable_deletion_protection
    error_message = "Nothing may refuse to be destroyed."
  }

  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.main : secret.recovery_window_in_days == 0])
    error_message = "Secrets must go at once, so that their names are free."
  }

  assert {
    condition     = length(aws_backup_vault_lock_configuration.main) == 0
    error_message = "Recovery points must not be locked."
  }

  # Still secure.

  assert {
    condition     = aws_db_instance.main.storage_encrypted && !aws_db_instance.main.publicly_accessible
    error_message = "The database must be encrypted and private."
  }

  assert {
    condition     = aws_elasticache_replication_group.main.transit_encryption_enabled
    error_message = "The cache must speak TLS."
  }

  assert {
    condition     = local.namespace == "day-trade-dev"
    error_message = "The namespace must be the specification's."
  }
}
