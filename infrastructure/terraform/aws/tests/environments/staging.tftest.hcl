# The root with staging.tfvars:
#   terraform test -test-directory=tests/environments \
#     -filter=tests/environments/staging.tftest.hcl -var-file=staging.tfvars

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

run "staging" {
  command = plan

  # Like production.

  assert {
    condition     = length(aws_nat_gateway.main) == 2
    error_message = "Each zone must have a way out of its own, as in production."
  }

  assert {
    condition     = local.all_services["ml-service"].cpu == 2048 && local.all_services["ml-service"].memory == 4096 && local.all_services["data-service"].cpu == 1024
    error_message = "Tasks must have the size of production."
  }

  assert {
    condition     = local.all_services["ml-service"].replicas.minimum == 3
    error_message = "There must be as many replicas as in production."
  }

  assert {
    condition     = aws_db_instance.main.instance_class == "db.t3.medium" && aws_db_instance.main.multi_az
    error_message = "The database must be of production's kind."
  }

  assert {
    condition     = aws_db_instance.main.deletion_protection && aws_db_instance.main.backup_retention_period == 14
    error_message = "The database must be protected, with backups of two weeks."
  }

  assert {
    condition     = length(aws_ecs_cluster.main) == 0 && length(aws_lb.main) == 0 && length(aws_instance.jump_host) == 1
    error_message = "There must be one runtime, the cluster, with a way to its API."
  }

  assert {
    condition     = aws_eks_cluster.main[0].name == "day-trade-staging" && aws_eks_pod_identity_association.main["worker"].namespace == "day-trade-staging"
    error_message = "The cluster and the namespace must have the specification's names."
  }

  # Without a second region.

  assert {
    condition     = length(module.objects_replica) == 0 && length(aws_db_instance_automated_backups_replication.main) == 0
    error_message = "Nothing may be copied to a second region."
  }

  assert {
    condition     = length(module.replica_key) == 0 && length(aws_backup_vault.replica) == 0
    error_message = "The second region must be empty."
  }
}
