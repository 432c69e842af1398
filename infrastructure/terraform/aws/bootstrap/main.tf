# What has to be there before the first apply: the bucket that holds the state of all environments of an account. Its
# own state is a local file; if that is lost, `terraform import` finds the bucket again (../README.md).

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
}

module "key" {
  source = "../modules/key"

  name                 = "day-trade-shared"
  description          = "day-trade: state of Terraform, and images"
  deletion_window_days = 30
}

module "state" {
  source = "../modules/bucket"

  name              = "day-trade-state-${local.account}-${var.aws_region}"
  kms_key_arn       = module.key.arn
  force_destroy     = false
  old_versions_days = 365
}

# Every other disk is encrypted too, among them those of the chart's volumes.
resource "aws_ebs_encryption_by_default" "main" {
  enabled = true
}
