# Groups of the two slots. A slot's groups are replaced when its image changes; the gateway says which one people reach.

resource "azurerm_container_group" "service" {
  for_each = local.groups

  name                = "${local.name}-${each.value.service}-${each.value.slot}-${each.value.number}"
  location            = local.location
  resource_group_name = local.group
  ip_address_type     = "Private"
  subnet_ids          = [azurerm_subnet.main["container"].id]
  os_type             = "Linux"
  restart_policy      = "Always"
  zones               = [local.zones[each.value.number % length(local.zones)]]
  tags                = merge(local.tags, { slot = each.value.slot })

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.main[local.part_identities[each.value.service]].id]
  }

  image_registry_credential {
    server                    = azurerm_container_registry.main.login_server
    user_assigned_identity_id = azurerm_user_assigned_identity.main[local.part_identities[each.value.service]].id
  }

  container {
    name     = each.value.service
    image    = "${azurerm_container_registry.main.login_server}/day-trade@${local.slots[each.value.slot]}"
    cpu      = local.services[each.value.service].size.cpu
    memory   = local.services[each.value.service].size.memory
    commands = ["/usr/local/bin/node", "/app/bundle/main.mjs", "serve", each.value.service]

    # No secret: Azure gives back what a group is made with, and the state would keep it.
    environment_variables = merge(
      local.common_settings,
      local.identity_settings[each.value.service],
      local.vault_settings[each.value.service],
      local.insights_settings,
      { DAYTRADE_DRAIN_SECONDS = each.value.service == "worker" ? "25" : "20" },
      local.services[each.value.service].uses_stores ? merge(local.database_settings, local.object_settings, local.redis_settings[each.value.service]) : {
        DAYTRADE_SERVICES = join(",", [
          for name, port in { ml = 8000, data = 8001, scheduler = 8002 } :
          "${name}=http://${name}-service-${each.value.slot}.${local.internal_zone}:${port}"
        ])
      },
    )

    ports {
      port = local.services[each.value.service].port
    }

    dynamic "volume" {
      for_each = { state = "/var/lib/day-trade", temporary = "/tmp" }

      content {
        name       = volume.key
        mount_path = volume.value
        empty_dir  = true
      }
    }

    readiness_probe {
      period_seconds    = 10
      timeout_seconds   = 5
      failure_threshold = 2

      http_get {
        path   = "/readyz"
        port   = local.services[each.value.service].port
        scheme = "http"
      }
    }

    liveness_probe {
      initial_delay_seconds = 120
      period_seconds        = 15
      timeout_seconds       = 5
      failure_threshold     = 4

      http_get {
        path   = "/healthz"
        port   = local.services[each.value.service].port
        scheme = "http"
      }
    }
  }

  depends_on = [
    terraform_data.roles,
    azurerm_role_assignment.traces,
    azurerm_private_endpoint.main,
    azurerm_subnet_nat_gateway_association.main,
    azurerm_subnet_network_security_group_association.main,
    azurerm_postgresql_flexible_server_database.main,
    azurerm_mssql_database.main,
    azurerm_mssql_failover_group.main,
  ]
}

# Brings the schema to what a slot's image needs. Services start beside it and wait for it, by being restarted until it
# is there; older images work with the new schema. Container Instances give an identity to no init container.
resource "azurerm_container_group" "migrate" {
  for_each = local.filled_slots

  name                = "${local.name}-migrate-${each.key}"
  location            = local.location
  resource_group_name = local.group
  ip_address_type     = "None"
  subnet_ids          = [azurerm_subnet.main["container"].id]
  os_type             = "Linux"
  restart_policy      = "OnFailure"
  tags                = merge(local.tags, { slot = each.key })

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.main["migration"].id]
  }

  image_registry_credential {
    server                    = azurerm_container_registry.main.login_server
    user_assigned_identity_id = azurerm_user_assigned_identity.main["migration"].id
  }

  container {
    name     = "migrate"
    image    = "${azurerm_container_registry.main.login_server}/day-trade@${each.value}"
    cpu      = 0.5
    memory   = 1
    commands = ["/usr/local/bin/node", "/app/bundle/main.mjs", "database", "migrate", "--wait-seconds", "300"]
    environment_variables = merge(
      local.common_settings,
      local.identity_settings["migrate"],
      local.vault_settings["migrate"],
      local.database_settings,
    )
  }

  depends_on = [
    terraform_data.roles,
    azurerm_private_endpoint.main,
    azurerm_subnet_nat_gateway_association.main,
    azurerm_subnet_network_security_group_association.main,
    azurerm_postgresql_flexible_server_database.main,
    azurerm_mssql_database.main,
    azurerm_mssql_failover_group.main,
  ]
}

# Where the page finds the services of its own slot.
resource "azurerm_private_dns_a_record" "service" {
  for_each = toset([for pair in setproduct(keys(local.paths), keys(local.filled_slots)) : join("-", pair)])

  name                = each.key
  private_dns_zone_id = azurerm_private_dns_zone.main["services"].id
  ttl                 = 30
  records             = local.slot_addresses[each.key]
  tags                = local.tags
}
