# Either kind answers TLS only, and only identities of Entra: access by keys is off, so that the keys which the classic
# one gives back to Terraform open nothing.

locals {
  classic_redis = var.redis_service == "classic"
  redis_host    = local.classic_redis ? azurerm_redis_cache.classic[0].hostname : azurerm_managed_redis.main[0].hostname
  redis_port    = local.classic_redis ? 6380 : 10000
  redis_clients = { for name, touches in local.application_identities : name => azurerm_user_assigned_identity.main[name] if touches.redis }
}

resource "azurerm_managed_redis" "main" {
  count = local.classic_redis ? 0 : 1

  name                      = "${local.name}-${local.suffix}"
  location                  = local.location
  resource_group_name       = local.group
  sku_name                  = var.redis_managed_sku
  high_availability_enabled = var.redis_high_availability
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
  for_each = local.classic_redis ? {} : local.redis_clients

  managed_redis_id = azurerm_managed_redis.main[0].id
  object_id        = each.value.principal_id
}

resource "azurerm_redis_cache" "classic" {
  count = local.classic_redis ? 1 : 0

  name                               = "${local.name}-${local.suffix}"
  location                           = local.location
  resource_group_name                = local.group
  capacity                           = var.redis_capacity
  family                             = var.redis_family
  sku_name                           = var.redis_sku_name
  redis_version                      = "6"
  minimum_tls_version                = "1.2"
  non_ssl_port_enabled               = false
  public_network_access_enabled      = false
  access_keys_authentication_enabled = false
  tags                               = local.tags

  redis_configuration {
    active_directory_authentication_enabled = true
    maxmemory_policy                        = "noeviction"
  }

  # Sunday, 03:00 in Japan.
  patch_schedule {
    day_of_week    = "Saturday"
    start_hour_utc = 18
  }
}

resource "azurerm_redis_cache_access_policy_assignment" "classic" {
  for_each = local.classic_redis ? local.redis_clients : {}

  name               = each.key
  redis_cache_id     = azurerm_redis_cache.classic[0].id
  access_policy_name = "Data Owner"
  object_id          = each.value.principal_id
  object_id_alias    = each.key
}
