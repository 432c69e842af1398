# What nobody may delete by hand, in the portal or with az. Terraform itself takes a lock away before what it locks; the
# guard of plans is what keeps it back.

resource "azurerm_management_lock" "main" {
  for_each = var.deletion_protection ? merge(
    {
      vault   = azurerm_key_vault.main.id
      storage = azurerm_storage_account.main.id
    },
    var.enable_postgresql ? { postgresql = azurerm_postgresql_flexible_server.main[0].id } : {},
    var.enable_azure_sql ? { sql = azurerm_mssql_database.main[0].id } : {},
  ) : {}

  name       = "keep"
  scope      = each.value
  lock_level = "CanNotDelete"
  notes      = "Take it away with deletion_protection = false."
}
