# Azure's own services, reached by an address of ours; their names lead there inside of the virtual network.

locals {
  endpoints = merge(
    {
      vault    = { resource = azurerm_key_vault.main.id, part = "vault", zone = "privatelink.vaultcore.azure.net" }
      blob     = { resource = azurerm_storage_account.main.id, part = "blob", zone = "privatelink.blob.core.windows.net" }
      registry = { resource = azurerm_container_registry.main.id, part = "registry", zone = "privatelink.azurecr.io" }
      redis    = { resource = azurerm_managed_redis.main.id, part = "redisEnterprise", zone = "privatelink.redis.azure.net" }
    },
    # The standby, too, so that clients reach it when it has taken over.
    {
      for key, server in azurerm_mssql_server.main : key == "main" ? "sql" : "sql-standby" => {
        resource = server.id, part = "sqlServer", zone = "privatelink.database.windows.net"
      }
    },
  )

  # The services of a slot find each other by these names.
  internal_zone = "day-trade.internal"
  dns_zones = merge(
    { for name, endpoint in local.endpoints : name => endpoint.zone if name != "sql-standby" },
    { services = local.internal_zone },
    { for zone in ["${local.name}.private.postgres.database.azure.com"] : "postgresql" => zone if local.postgresql },
  )
}

resource "azurerm_private_dns_zone" "main" {
  for_each = local.dns_zones

  name                = each.value
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "main" {
  for_each = local.dns_zones

  name                = local.name
  private_dns_zone_id = azurerm_private_dns_zone.main[each.key].id
  virtual_network_id  = azurerm_virtual_network.main.id
  tags                = local.tags
}

resource "azurerm_private_endpoint" "main" {
  for_each = local.endpoints

  name                = "${local.name}-${each.key}"
  location            = local.location
  resource_group_name = local.group
  subnet_id           = azurerm_subnet.main["endpoint"].id
  tags                = local.tags

  private_service_connection {
    name                           = each.key
    private_connection_resource_id = each.value.resource
    subresource_names              = [each.value.part]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [azurerm_private_dns_zone.main[each.key == "sql-standby" ? "sql" : each.key].id]
  }
}
