data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  name      = "day-trade-${var.environment}"
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  # The runtimes that are on.
  ecs_enabled = var.runtime != "kubernetes"
  eks_enabled = var.runtime != "containers"

  tags = merge(var.tags, {
    project     = "day-trade"
    environment = var.environment
    managed-by  = "terraform"
  })

  # What ECS and Kubernetes call the processors.
  architecture = {
    "x86-64" = { ecs = "X86_64", kubernetes = "amd64" }
    arm64    = { ecs = "ARM64", kubernetes = "arm64" }
  }[var.processor_architecture]

  # Names of buckets are shared by all accounts of AWS.
  bucket_suffix = "${local.account}-${var.aws_region}"
}
