# What the load balancer refuses before a service sees it.

locals {
  managed_rules = ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesCommonRuleSet"]

  # The rule that refuses bodies over 8 KiB only counts: a training may name 5,000 symbols, and the services refuse what
  # is over 1 MiB.
  counted_rules = { AWSManagedRulesCommonRuleSet = ["SizeRestrictions_BODY"] }

  # Files of bars are compressed bytes, in which a rule that looks for scripts finds one by chance. The services take
  # them with the bearer token only, and read them as files of bars or refuse them.
  unread_paths = { AWSManagedRulesCommonRuleSet = "^/v1/(uploads|indices)/" }
}

resource "aws_wafv2_web_acl" "main" {
  count = local.edge

  name        = local.name
  description = "Front of ${local.name}"
  scope       = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "rate-limit"
    priority = 0

    action {
      block {}
    }

    statement {
      rate_based_statement {
        aggregate_key_type    = "IP"
        limit                 = var.rate_limit
        evaluation_window_sec = 300
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "rate-limit"
      sampled_requests_enabled   = true
    }
  }

  dynamic "rule" {
    for_each = local.managed_rules

    content {
      name     = rule.value
      priority = rule.key + 1

      override_action {
        none {}
      }

      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.value

          dynamic "scope_down_statement" {
            for_each = [for name, path in local.unread_paths : path if name == rule.value]

            content {
              not_statement {
                statement {
                  regex_match_statement {
                    regex_string = scope_down_statement.value

                    field_to_match {
                      uri_path {}
                    }

                    text_transformation {
                      priority = 0
                      type     = "NORMALIZE_PATH"
                    }
                  }
                }
              }
            }
          }

          dynamic "rule_action_override" {
            for_each = lookup(local.counted_rules, rule.value, [])

            content {
              name = rule_action_override.value

              action_to_use {
                count {}
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = rule.value
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = local.name
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "main" {
  count = local.edge

  resource_arn = aws_lb.main[0].arn
  web_acl_arn  = aws_wafv2_web_acl.main[0].arn
}

resource "aws_wafv2_web_acl_logging_configuration" "main" {
  count = local.edge

  resource_arn            = aws_wafv2_web_acl.main[0].arn
  log_destination_configs = [aws_cloudwatch_log_group.main["firewall"].arn]

  # The bearer token must not be in a log.
  redacted_fields {
    single_header {
      name = "authorization"
    }
  }
}
