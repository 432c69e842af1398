resource "azurerm_web_application_firewall_policy" "main" {
  count = local.groups_enabled ? 1 : 0

  name                = "daytrade${local.short}"
  location            = local.location
  resource_group_name = local.group
  tags                = local.tags

  policy_settings {
    enabled = true
    mode    = "Prevention"
    # Bars come in parts of 1 MiB, whose beginning is looked at.
    request_body_check                        = true
    request_body_enforcement                  = false
    request_body_inspect_limit_in_kb          = 128
    file_upload_enforcement                   = false
    js_challenge_cookie_expiration_in_minutes = 30
  }

  custom_rules {
    name                 = "RateLimit"
    priority             = 10
    rule_type            = "RateLimitRule"
    action               = "Block"
    rate_limit_duration  = "FiveMins"
    rate_limit_threshold = 2000
    group_rate_limit_by  = "ClientAddr"

    match_conditions {
      operator     = "IPMatch"
      match_values = ["0.0.0.0/0"]

      match_variables {
        variable_name = "RemoteAddr"
      }
    }
  }

  managed_rules {
    managed_rule_set {
      type    = "Microsoft_DefaultRuleSet"
      version = "2.1"
    }

    managed_rule_set {
      type    = "Microsoft_BotManagerRuleSet"
      version = "1.1"
    }
  }
}
