# Keeps the data from being deleted by hand, in the portal or with az. A lock also refuses to delete anything below its
# scope, role assignments included, so that it comes last and goes first, and roles stand above it (identity.tf).
# Key Vault needs none: purge protection keeps it and its secrets for 90 days.

resource "azurerm_management_lock" "main" {
  for_each = var.deletion_protection ? merge(
    { storage = azurerm_storage_account.main.id },
    local.postgresql ? { postgresql = azurerm_postgresql_flexible_server.main[0].id } : {},
    local.azure_sql ? { sql = azurerm_mssql_database.main[0].id } : {},
  ) : {}

  name       = "keep"
  scope      = each.value
  lock_level = "CanNotDelete"
  notes      = "Take it away with deletion_protection = false."

  depends_on = [
    azurerm_monitor_diagnostic_setting.main,
    azurerm_monitor_diagnostic_setting.storage,
    azurerm_mssql_failover_group.main,
    azurerm_postgresql_flexible_server_database.main,
    azurerm_storage_container.main,
    azurerm_storage_management_policy.main,
  ]
}
