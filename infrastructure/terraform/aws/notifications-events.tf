# Events that nobody would look for until it is too late.

locals {
  events = {
    backup-failed = {
      what = "A backup, a copy or a restore test failed"
      pattern = {
        source      = ["aws.backup"]
        detail-type = ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"]
        # Jobs of backups and copies have a state, those of restores a status.
        detail = { "$or" = [{ state = ["FAILED", "ABORTED", "EXPIRED"] }, { status = ["FAILED", "ABORTED"] }] }
      }
    }
    database = {
      what = "The database fails over, runs out of storage or is not available"
      pattern = {
        source      = ["aws.rds"]
        detail-type = ["RDS DB Instance Event"]
        detail      = { SourceIdentifier = [local.name], EventCategories = ["failover", "failure", "low storage", "availability", "recovery"] }
      }
    }
    deployment-failed = {
      what = "A deployment failed and was taken back"
      pattern = {
        source      = ["aws.ecs"]
        detail-type = ["ECS Deployment State Change"]
        detail      = { eventName = ["SERVICE_DEPLOYMENT_FAILED"] }
        resources   = [{ prefix = "arn:${local.partition}:ecs:${var.aws_region}:${local.account}:service/${local.name}/" }]
      }
    }
  }
}

resource "aws_cloudwatch_event_rule" "main" {
  for_each = local.events

  name          = "${local.name}-${each.key}"
  description   = each.value.what
  event_pattern = jsonencode(each.value.pattern)
}

resource "aws_cloudwatch_event_target" "main" {
  for_each = local.events

  rule = aws_cloudwatch_event_rule.main[each.key].name
  arn  = aws_sns_topic.alarms.arn
}
