# Keys of data, secrets and logs: a permission for one opens no other.

locals {
  in_this_account = { StringEquals = { "aws:SourceAccount" = local.account } }

  keys = {
    data    = { what = "database, cache, objects, recovery points, and the store of the EKS cluster", services = {} }
    secrets = { what = "secrets, parameters and images", services = {} }
    logs = {
      what = "logs and notifications"
      services = {
        "logs.${var.aws_region}.amazonaws.com" = {
          ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:${local.partition}:logs:${var.aws_region}:${local.account}:log-group:*" }
        }
        # CloudWatch alarms, EventBridge and Backup write to the topic of notifications, which the key protects.
        "cloudwatch.amazonaws.com" = local.in_this_account
        "backup.amazonaws.com"     = local.in_this_account
        # EventBridge does not send the account along: with a condition it cannot write at all.
        "events.amazonaws.com" = {}
      }
    }
  }
}

module "key" {
  source   = "./modules/key"
  for_each = local.keys

  name                 = "${local.name}-${each.key}"
  description          = "${local.name}: ${each.value.what}"
  deletion_window_days = var.kms_deletion_window_days
  services             = each.value.services
}

module "replica_key" {
  source = "./modules/key"
  count  = var.cross_region_replication ? 1 : 0

  providers = { aws = aws.replica }

  name                 = "${local.name}-data"
  description          = "${local.name}: copies of backups and objects"
  deletion_window_days = var.kms_deletion_window_days
}
