# Where alarms, failed backups and failed deployments are reported.

resource "aws_sns_topic" "alarms" {
  name              = "${local.name}-alarms"
  display_name      = "day-trade ${var.environment}"
  kms_master_key_id = module.key["logs"].arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AwsServicesOfThisAccount"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "backup.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
      {
        # EventBridge allows no condition in the policy of a topic: its events would be lost without a word.
        # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
        Sid       = "EventBridge"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

# Said by each plan and apply; an environment that is only tried out needs nobody.
check "alarms_reach_somebody" {
  assert {
    condition     = length(var.alarm_emails) > 0 || !var.deletion_protection
    error_message = "alarm_emails is empty: alarms, failed backups and failed deployments of ${local.name} reach nobody, unless something else subscribes to the topic (terraform output alarm_topic_arn)."
  }
}

resource "aws_sns_topic_subscription" "email" {
  for_each = var.alarm_emails

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_budgets_budget" "main" {
  count = var.budget == null ? 0 : 1

  name         = local.name
  budget_type  = "COST"
  limit_amount = format("%.1f", var.budget)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "TagKeyValue"
    values = [join("$", ["user:environment", var.environment])]
  }

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }

    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = notification.key
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = var.alarm_emails
    }
  }
}
