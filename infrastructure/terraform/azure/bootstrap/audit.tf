# Who read or wrote the state.

resource "azurerm_log_analytics_workspace" "state" {
  name                         = "day-trade-state"
  location                     = azurerm_resource_group.state.location
  resource_group_name          = azurerm_resource_group.state.name
  sku                          = "PerGB2018"
  retention_in_days            = 365
  local_authentication_enabled = false
  tags                         = local.tags
}

resource "azurerm_monitor_diagnostic_setting" "state" {
  for_each = toset(["blobServices", "queueServices"])

  name                       = "log-analytics"
  target_resource_id         = "${azurerm_storage_account.state.id}/${each.key}/default"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.state.id

  enabled_log {
    category_group = "allLogs"
  }
}
