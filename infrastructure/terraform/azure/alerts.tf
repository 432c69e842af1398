resource "azurerm_monitor_action_group" "main" {
  name                = local.name
  resource_group_name = local.group
  short_name          = "daytrade-${substr(var.environment, 0, 3)}"
  tags                = local.tags

  dynamic "email_receiver" {
    for_each = var.alarm_emails

    content {
      name                    = email_receiver.value
      email_address           = email_receiver.value
      use_common_alert_schema = true
    }
  }

  # So that an alert never reaches nobody: whoever has this role.
  arm_role_receiver {
    name                    = "monitoring-contributors"
    role_id                 = "749f88d5-cbae-40b8-bcfc-e573ddc772fa"
    use_common_alert_schema = true
  }
}

locals {
  scopes = merge(local.observed, { storage = azurerm_storage_account.main.id })
  # A database with cores of its own (GP_, BC_) has no DTU.
  sql_load = can(regex("_", var.sql_database_sku)) ? "cpu_percent" : "dtu_consumption_percent"

  # Above or below a number; severity 1 means that people notice.
  all_alerts = {
    gateway-unhealthy   = { scope = "gateway", namespace = "Microsoft.Network/applicationGateways", metric = "UnhealthyHostCount", aggregation = "Average", operator = "GreaterThan", threshold = 0, severity = 1 }
    gateway-errors      = { scope = "gateway", namespace = "Microsoft.Network/applicationGateways", metric = "FailedRequests", aggregation = "Total", operator = "GreaterThan", threshold = 20, severity = 1 }
    postgresql-cpu      = { scope = "postgresql", namespace = "Microsoft.DBforPostgreSQL/flexibleServers", metric = "cpu_percent", aggregation = "Average", operator = "GreaterThan", threshold = 80, severity = 2 }
    postgresql-storage  = { scope = "postgresql", namespace = "Microsoft.DBforPostgreSQL/flexibleServers", metric = "storage_percent", aggregation = "Average", operator = "GreaterThan", threshold = 85, severity = 1 }
    postgresql-gone     = { scope = "postgresql", namespace = "Microsoft.DBforPostgreSQL/flexibleServers", metric = "is_db_alive", aggregation = "Maximum", operator = "LessThan", threshold = 1, severity = 1 }
    sql-load            = { scope = "sql", namespace = "Microsoft.Sql/servers/databases", metric = local.sql_load, aggregation = "Average", operator = "GreaterThan", threshold = 80, severity = 2 }
    sql-storage         = { scope = "sql", namespace = "Microsoft.Sql/servers/databases", metric = "storage_percent", aggregation = "Maximum", operator = "GreaterThan", threshold = 85, severity = 2 }
    redis-memory        = { scope = "redis", namespace = "Microsoft.Cache/redisEnterprise", metric = "usedmemorypercentage", aggregation = "Maximum", operator = "GreaterThan", threshold = 80, severity = 1 }
    storage-unavailable = { scope = "storage", namespace = "Microsoft.Storage/storageAccounts", metric = "Availability", aggregation = "Average", operator = "LessThan", threshold = 99, severity = 2 }
    vault-unavailable   = { scope = "vault", namespace = "Microsoft.KeyVault/vaults", metric = "Availability", aggregation = "Average", operator = "LessThan", threshold = 99, severity = 1 }
    aks-unschedulable   = { scope = "aks", namespace = "Microsoft.ContainerService/managedClusters", metric = "cluster_autoscaler_unschedulable_pods_count", aggregation = "Average", operator = "GreaterThan", threshold = 0, severity = 2 }

    # Outside of what was usual at this hour of this day, instead of a threshold.
    gateway-latency-unusual        = { scope = "gateway", namespace = "Microsoft.Network/applicationGateways", metric = "BackendLastByteResponseTime", aggregation = "Average", operator = "GreaterThan", threshold = null, severity = 3 }
    gateway-traffic-unusual        = { scope = "gateway", namespace = "Microsoft.Network/applicationGateways", metric = "TotalRequests", aggregation = "Total", operator = "GreaterOrLessThan", threshold = null, severity = 3 }
    postgresql-connections-unusual = { scope = "postgresql", namespace = "Microsoft.DBforPostgreSQL/flexibleServers", metric = "active_connections", aggregation = "Average", operator = "GreaterThan", threshold = null, severity = 3 }
  }
  alerts = {
    for name, alert in local.all_alerts : name => alert
    if contains(keys(local.scopes), alert.scope) && (var.detailed_monitoring || alert.threshold != null)
  }
}

resource "azurerm_monitor_metric_alert" "main" {
  for_each = local.alerts

  name                = "${local.name}-${each.key}"
  resource_group_name = local.group
  scopes              = [local.scopes[each.value.scope]]
  severity            = each.value.severity
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  dynamic "criteria" {
    for_each = each.value.threshold == null ? [] : [each.value.threshold]

    content {
      metric_namespace = each.value.namespace
      metric_name      = each.value.metric
      aggregation      = each.value.aggregation
      operator         = each.value.operator
      threshold        = criteria.value
    }
  }

  dynamic "dynamic_criteria" {
    for_each = each.value.threshold == null ? ["Medium"] : []

    content {
      metric_namespace  = each.value.namespace
      metric_name       = each.value.metric
      aggregation       = each.value.aggregation
      operator          = each.value.operator
      alert_sensitivity = dynamic_criteria.value
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.main.id
  }
}

# The services write their metrics to the log, a JSON object a line (DAYTRADE_CLOUDWATCH_METRICS). A value is missing
# until there is one: before the first session is judged, and over weekends.
locals {
  # Of groups and of pods; a table is there once the first of them has written.
  logs = "union isfuzzy=true (ContainerInstanceLog | project TimeGenerated, Message), (ContainerLogV2 | where PodNamespace == '${local.namespace}' | project TimeGenerated, Message = tostring(LogMessage))"

  log_values = {
    coverage    = { service = "ml-service", value = "IntervalCoverage", where = "| where line.Window == '60'", aggregation = "Average", operator = "LessThan", threshold = 0.93 }
    stale-bars  = { service = "data-service", value = "NewestBarAge", where = "", aggregation = "Minimum", operator = "GreaterThan", threshold = 1 }
    stale-model = { service = "ml-service", value = "ModelAge", where = "", aggregation = "Minimum", operator = "GreaterThan", threshold = 14 * 86400 }
    queue       = { service = "scheduler-service", value = "OldestQueuedRunAge", where = "", aggregation = "Maximum", operator = "GreaterThan", threshold = 1800 }
  }
  log_alerts = merge(
    {
      # 50 is an error.
      log-errors = {
        query = "${local.logs} | where Message has '\"level\":50' or Message has '\"level\":60'"
        value = null, aggregation = "Count", operator = "GreaterThan", threshold = 10
      }
    },
    {
      for name, alert in local.log_values : name => merge(alert, {
        query = "${local.logs} | where Message has '\"${alert.value}\":' | extend line = parse_json(Message) | where line.Service == '${alert.service}' ${alert.where} | extend ${alert.value} = todouble(line.${alert.value})"
      })
    },
    # A group that does not run writes no line; of pods Prometheus tells.
    {
      for name in keys(local.services) : "${name}-silent" => {
        query = "ContainerInstanceLog | where Message has '\"RequestCount\":' and Message has '\"Service\":\"${name}\"'"
        value = null, aggregation = "Count", operator = "LessThan", threshold = 1
      } if length(local.filled_slots) > 0
    },
  )
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "main" {
  for_each = local.log_alerts

  name                  = "${local.name}-${each.key}"
  resource_group_name   = local.group
  location              = local.location
  scopes                = [azurerm_log_analytics_workspace.main.id]
  severity              = each.key == "log-errors" ? 2 : 1
  evaluation_frequency  = "PT15M"
  window_duration       = "PT15M"
  skip_query_validation = true
  tags                  = local.tags

  criteria {
    query                   = each.value.query
    metric_measure_column   = each.value.value
    time_aggregation_method = each.value.aggregation
    operator                = each.value.operator
    threshold               = each.value.threshold
  }

  action {
    action_groups = [azurerm_monitor_action_group.main.id]
  }
}
