locals {
  public_services = { for name, service in local.services : name => service if name != "worker" }
  # By service and slot.
  slot_addresses = {
    for key, group in local.groups : "${group.service}-${group.slot}" => azurerm_container_group.service[key].ip_address...
  }
  addresses = { for name in keys(local.public_services) : name => lookup(local.slot_addresses, "${name}-${local.active_slot}", []) }
}

resource "azurerm_application_gateway" "main" {
  count = local.groups_enabled ? 1 : 0

  name                = local.name
  location            = local.location
  resource_group_name = local.group
  firewall_policy_id  = azurerm_web_application_firewall_policy.main[0].id
  http2_enabled       = true
  zones               = local.zones
  tags                = local.tags

  sku {
    name = "WAF_v2"
    tier = "WAF_v2"
  }

  autoscale_configuration {
    min_capacity = var.gateway_capacity.minimum
    max_capacity = var.gateway_capacity.maximum
  }

  ssl_policy {
    policy_type = "Predefined"
    policy_name = "AppGwSslPolicy20220101S"
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.main["gateway"].id]
  }

  ssl_certificate {
    name                = "edge"
    key_vault_secret_id = "${azurerm_key_vault.main.vault_uri}secrets/${local.certificate_name}"
  }

  gateway_ip_configuration {
    name      = "gateway"
    subnet_id = azurerm_subnet.main["gateway"].id
  }

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.main["gateway"].id
  }

  dynamic "frontend_port" {
    for_each = { http = 80, https = 443 }

    content {
      name = frontend_port.key
      port = frontend_port.value
    }
  }

  http_listener {
    name                           = "https"
    frontend_ip_configuration_name = "public"
    frontend_port_name             = "https"
    protocol                       = "Https"
    ssl_certificate_name           = "edge"
  }

  http_listener {
    name                           = "http"
    frontend_ip_configuration_name = "public"
    frontend_port_name             = "http"
    protocol                       = "Http"
  }

  redirect_configuration {
    name                 = "to-https"
    redirect_type        = "Permanent"
    target_listener_name = "https"
    include_path         = true
    include_query_string = true
  }

  request_routing_rule {
    name                        = "http"
    priority                    = 20
    rule_type                   = "Basic"
    http_listener_name          = "http"
    redirect_configuration_name = "to-https"
  }

  request_routing_rule {
    name               = "https"
    priority           = 10
    rule_type          = "PathBasedRouting"
    http_listener_name = "https"
    url_path_map_name  = "services"
  }

  url_path_map {
    name                               = "services"
    default_backend_address_pool_name  = "dashboard"
    default_backend_http_settings_name = "dashboard"

    dynamic "path_rule" {
      for_each = local.paths

      content {
        name                       = path_rule.key
        paths                      = path_rule.value
        backend_address_pool_name  = path_rule.key
        backend_http_settings_name = path_rule.key
      }
    }
  }

  # The pools follow the slot that is active.
  dynamic "backend_address_pool" {
    for_each = local.addresses

    content {
      name         = backend_address_pool.key
      ip_addresses = backend_address_pool.value
    }
  }

  dynamic "backend_http_settings" {
    for_each = local.public_services

    content {
      name                  = backend_http_settings.key
      cookie_based_affinity = "Disabled"
      port                  = backend_http_settings.value.port
      protocol              = "Http"
      request_timeout       = 60
      probe_name            = backend_http_settings.key

      connection_draining {
        enabled           = true
        drain_timeout_sec = 60
      }
    }
  }

  dynamic "probe" {
    for_each = local.public_services

    content {
      name                = probe.key
      protocol            = "Http"
      host                = "127.0.0.1"
      path                = "/readyz"
      interval            = 5
      timeout             = 4
      unhealthy_threshold = 2
    }
  }

  depends_on = [terraform_data.roles, azurerm_subnet_network_security_group_association.main]
}
