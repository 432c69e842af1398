# Azure Managed Redis, in place of the Azure Cache for Redis that the specification names, which takes no new tenants
# since April 2026. It answers TLS only, and only identities of Entra: access by keys is off.

locals {
  # Its sizes by those of the other, each with no less memory: 1 GB is C1 there and Balanced_B1 here.
  redis_sizes = {
    C = ["B0", "B1", "B3", "B5", "B20", "B50", "B50"]
    P = ["", "B5", "B20", "B50", "B50", "B100"]
  }
  redis_host = azurerm_managed_redis.main.hostname
  redis_port = 10000
}

resource "azurerm_managed_redis" "main" {
  name                      = "${local.name}-${local.suffix}"
  location                  = local.location
  resource_group_name       = local.group
  sku_name                  = "Balanced_${local.redis_sizes[var.redis_family][var.redis_capacity]}"
  high_availability_enabled = var.redis_sku_name != "Basic"
  public_network_access     = "Disabled"
  tags                      = local.tags

  default_database {
    access_keys_authentication_enabled = false
    client_protocol                    = "Encrypted"
    # The queue's scripts touch several keys at once; and no job may be thrown away for want of memory.
    clustering_policy                             = "NoCluster"
    eviction_policy                               = "NoEviction"
    persistence_append_only_file_backup_frequency = "1s"
  }
}

resource "azurerm_managed_redis_access_policy_assignment" "main" {
  for_each = { for name, touches in local.application_identities : name => azurerm_user_assigned_identity.main[name] if touches.redis }

  managed_redis_id = azurerm_managed_redis.main.id
  object_id        = each.value.principal_id
}
