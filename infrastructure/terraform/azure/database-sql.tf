# The specification's Azure SQL Database, in place of PostgreSQL.

locals {
  sql_standby = local.azure_sql && var.database_standby ? 1 : 0
  # Azure SQL knows an application by its client id, a person by the object id (`az sql server ad-admin create --help`).
  # People sign in by the Azure CLI, whose client id this is.
  azure_cli         = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
  sql_administrator = local.applier[local.applier.client_id == local.azure_cli ? "object_id" : "client_id"]

  # Of each region, as Azure pairs them.
  paired_region = {
    "Japan East" = "Japan West", "Japan West" = "Japan East", "Korea Central" = "Korea South", "Southeast Asia" = "East Asia"
    "East Asia"  = "Southeast Asia"
  }[var.azure_region]

  sql_name     = "${local.name}-${local.suffix}"
  sql_database = "${local.database_name}${local.restored}"
  # All names of servers and of failover groups are in one domain.
  sql_group = "${local.sql_name}-group"
  # With a standby the name that leads to whichever of the two serves.
  sql_host = "${local.sql_standby == 1 ? local.sql_group : local.sql_name}.database.windows.net"
}

resource "azurerm_mssql_server" "main" {
  for_each = merge(
    local.azure_sql ? { main = { name = local.sql_name, location = local.location } } : {},
    local.sql_standby == 1 ? { standby = { name = "${local.sql_name}-standby", location = local.paired_region } } : {},
  )

  name                                    = each.value.name
  location                                = each.value.location
  resource_group_name                     = local.group
  version                                 = "12.0"
  minimum_tls_version                     = "1.2"
  public_network_access_enabled           = false
  outbound_network_restriction_enabled    = true
  administrator_login                     = var.sql_admin_username
  administrator_login_password_wo         = ephemeral.azurerm_key_vault_secret.main["sql-admin-password"].value
  administrator_login_password_wo_version = var.database_password_version
  tags                                    = local.tags

  azuread_administrator {
    login_username = "day-trade-administrators"
    object_id      = local.sql_administrator
    tenant_id      = local.tenant
  }

  identity {
    type = "SystemAssigned"
  }

  lifecycle {
    # Whoever applied first; azuread_administrator is changed by hand, not by the next person's apply.
    ignore_changes = [azuread_administrator]
  }
}

resource "azurerm_mssql_database" "main" {
  count = local.azure_sql ? 1 : 0

  # checkov:skip=CKV_AZURE_224: The ledger is for tables that are only added to; the platform corrects bars (until 2027-06-30)
  name                                = local.sql_database
  server_id                           = azurerm_mssql_server.main["main"].id
  create_mode                         = try(var.database_restore.mode, null)
  creation_source_database_id         = try(var.database_restore.source, null)
  restore_point_in_time               = try(var.database_restore.time, null)
  sku_name                            = var.sql_database_sku
  max_size_gb                         = var.sql_database_max_size_gb
  zone_redundant                      = can(regex("^(P|GP_|BC_)", var.sql_database_sku)) && var.environment == "production"
  transparent_data_encryption_enabled = true
  tags                                = local.tags

  short_term_retention_policy {
    retention_days           = var.database_backup_days
    backup_interval_in_hours = 12
  }

  long_term_retention_policy {
    weekly_retention  = "P4W"
    monthly_retention = "P12M"
  }

}

resource "azurerm_mssql_server_extended_auditing_policy" "main" {
  for_each = azurerm_mssql_server.main

  server_id              = azurerm_mssql_server.main[each.key].id
  log_monitoring_enabled = true
  retention_in_days      = var.log_retention_days
}

# To the administrators of the subscription, and to the receivers of alerts.
resource "azurerm_mssql_server_security_alert_policy" "main" {
  for_each = azurerm_mssql_server.main

  resource_group_name          = local.group
  server_name                  = azurerm_mssql_server.main[each.key].name
  state                        = "Enabled"
  email_account_admins_enabled = true
  email_addresses              = var.alarm_emails
}

resource "azurerm_mssql_failover_group" "main" {
  count = local.sql_standby

  name      = local.sql_group
  server_id = azurerm_mssql_server.main["main"].id
  databases = [azurerm_mssql_database.main[0].id]
  tags      = local.tags

  partner_server {
    id = azurerm_mssql_server.main["standby"].id
  }

  read_write_endpoint_failover_policy {
    mode          = "Automatic"
    grace_minutes = 60
  }
}
