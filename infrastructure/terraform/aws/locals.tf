data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  name      = "day-trade-${var.environment}"
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  tags = merge(var.tags, {
    project     = "day-trade"
    environment = var.environment
    managed-by  = "terraform"
  })

  # Names of buckets are shared by all accounts of AWS.
  bucket_suffix = "${local.account}-${var.aws_region}"
}
