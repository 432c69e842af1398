# The application's database, unless it is Azure SQL.

locals {
  postgresql = var.database == "postgresql"
  azure_sql  = var.database == "sql"

  database_name = "daytrade"
  database_user = "daytrade"
  # A restored server cannot take the name of another one, nor a database on its server.
  restored        = var.database_restore == null ? "" : formatdate("-YYYYMMDDhhmm", var.database_restore.time)
  postgresql_name = "${local.name}-${local.suffix}${local.restored}"
  postgresql_host = "${local.postgresql_name}.postgres.database.azure.com"
}

resource "azurerm_postgresql_flexible_server" "main" {
  count = local.postgresql ? 1 : 0

  name                              = local.postgresql_name
  location                          = local.location
  resource_group_name               = local.group
  version                           = var.postgresql_version
  sku_name                          = var.postgresql_sku
  storage_mb                        = var.postgresql_storage_mb
  auto_grow_enabled                 = true
  administrator_login               = local.database_user
  administrator_password_wo         = ephemeral.azurerm_key_vault_secret.main["database-password"].value
  administrator_password_wo_version = var.database_password_version
  delegated_subnet_id               = azurerm_subnet.main["database"].id
  private_dns_zone_id               = azurerm_private_dns_zone.main["postgresql"].id
  public_network_access_enabled     = false
  create_mode                       = try(var.database_restore.mode, null)
  source_server_id                  = try(var.database_restore.source, null)
  point_in_time_restore_time_in_utc = try(var.database_restore.time, null)
  backup_retention_days             = var.database_backup_days
  geo_redundant_backup_enabled      = true
  zone                              = "1"
  tags                              = local.tags

  dynamic "high_availability" {
    for_each = var.database_standby ? ["2"] : []

    content {
      mode                      = "ZoneRedundant"
      standby_availability_zone = high_availability.value
    }
  }

  # Sunday, 03:00 in Japan.
  maintenance_window {
    day_of_week  = 6
    start_hour   = 18
    start_minute = 0
  }

  lifecycle {
    # A failover changes the two zones.
    ignore_changes = [zone, high_availability[0].standby_availability_zone]
  }

  depends_on = [azurerm_private_dns_zone_virtual_network_link.main]
}

# A restored server brings its own.
resource "azurerm_postgresql_flexible_server_database" "main" {
  count = local.postgresql && var.database_restore == null ? 1 : 0

  name      = local.database_name
  server_id = azurerm_postgresql_flexible_server.main[0].id
  charset   = "UTF8"
  collation = "en_US.utf8"
}
