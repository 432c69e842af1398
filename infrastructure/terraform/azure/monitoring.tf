resource "azurerm_log_analytics_workspace" "main" {
  name                         = local.name
  location                     = local.location
  resource_group_name          = local.group
  sku                          = "PerGB2018"
  retention_in_days            = var.log_retention_days
  local_authentication_enabled = false
  tags                         = local.tags
}

resource "azurerm_application_insights" "main" {
  name                         = local.name
  location                     = local.location
  resource_group_name          = local.group
  workspace_id                 = azurerm_log_analytics_workspace.main.id
  application_type             = "other"
  local_authentication_enabled = false
  tags                         = local.tags
}

locals {
  # What writes its logs and metrics to Log Analytics.
  observed = merge(
    {
      vault    = azurerm_key_vault.main.id
      registry = azurerm_container_registry.main.id

      redis          = azurerm_managed_redis.main.id
      redis-database = "${azurerm_managed_redis.main.id}/databases/default"
    },
    local.postgresql ? { postgresql = azurerm_postgresql_flexible_server.main[0].id } : {},
    local.azure_sql ? { sql = azurerm_mssql_database.main[0].id } : {},
    # A server's audit of all its databases comes out of this one.
    { for key, server in azurerm_mssql_server.main : key == "main" ? "sql-audit" : "sql-standby-audit" => "${server.id}/databases/master" },
    local.aks_enabled ? { aks = azurerm_kubernetes_cluster.main[0].id } : {},
    local.groups_enabled ? { gateway = azurerm_application_gateway.main[0].id } : {},
  )
}

resource "azurerm_monitor_diagnostic_setting" "main" {
  # What the services print, too, without the workspace's key in a group.
  for_each = merge(local.observed, { for key, group in azurerm_container_group.service : key => group.id })

  name                       = "log-analytics"
  target_resource_id         = each.value
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  # Managed Redis has metrics of the cluster and logs of the database: "Supported metrics" and "Supported logs" of
  # Microsoft.Cache/redisEnterprise in the documents of Azure Monitor.
  dynamic "enabled_log" {
    for_each = each.key == "redis" ? [] : ["allLogs"]

    content {
      category_group = enabled_log.value
    }
  }

  dynamic "enabled_metric" {
    for_each = each.key == "redis-database" || contains(keys(local.groups), each.key) ? [] : ["AllMetrics"]

    content {
      category = enabled_metric.value
    }
  }

  lifecycle {
    # Azure gives ids back in its own case.
    ignore_changes = [log_analytics_destination_type]
  }
}

# Queues are logged although there are none, so that one that is made is seen.
resource "azurerm_monitor_diagnostic_setting" "storage" {
  for_each = toset(["blobServices", "queueServices"])

  name                       = "log-analytics"
  target_resource_id         = "${azurerm_storage_account.main.id}/${each.key}/default"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category_group = "allLogs"
  }

  enabled_metric {
    category = "AllMetrics"
  }
}

# What pods print. With the identity of the agent Azure collects nothing without a rule and its association:
# github.com/microsoft/Docker-Provider, scripts/onboarding/aks/onboarding-msi-terraform.
resource "azurerm_monitor_data_collection_rule" "pods" {
  count = local.aks

  name                = "${local.name}-pods"
  location            = local.location
  resource_group_name = local.group
  kind                = "Linux"
  tags                = local.tags

  data_sources {
    extension {
      name           = "ContainerInsightsExtension"
      extension_name = "ContainerInsights"
      extension_json = jsonencode({ dataCollectionSettings = { interval = "1m", namespaceFilteringMode = "Off", enableContainerLogV2 = true } })
      streams        = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents"]
    }
  }

  destinations {
    log_analytics {
      name                  = "workspace"
      workspace_resource_id = azurerm_log_analytics_workspace.main.id
    }
  }

  data_flow {
    streams      = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents"]
    destinations = ["workspace"]
  }
}

resource "azurerm_monitor_data_collection_rule_association" "pods" {
  count = local.aks

  # The agent looks for this name.
  name                    = "ContainerInsightsExtension"
  target_resource_id      = azurerm_kubernetes_cluster.main[0].id
  data_collection_rule_id = azurerm_monitor_data_collection_rule.pods[0].id
}
