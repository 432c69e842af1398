# Every subnet is closed but for what is named here; the last rule of each direction refuses the rest, in place of
# Azure's own, which let the whole virtual network and the internet through.

locals {
  service_ports = ["8000", "8001", "8002", "8080"]
  # Azure SQL, PostgreSQL's endpoint, TLS of Key Vault, storage and registry, Redis.
  endpoint_ports = ["443", "1433", "10000"]
  clients        = [var.container_subnet_cidr, var.subnet_cidrs.aks]

  inbound = {
    container = {
      # Container Instances demand all addresses of the network, and 19390 for `az container exec` (limitations in
      # "Virtual network scenarios and resources for Azure Container Instances").
      network = { from = [var.vnet_cidr], ports = concat(local.service_ports, ["19390"]) }
    }
    database = {
      clients = { from = local.clients, ports = ["5432"] }
      # A primary and its standby.
      replication = { from = [var.database_subnet_cidr], ports = ["5432"] }
    }
    gateway = {
      people = { from = var.gateway_allowed_cidrs, ports = ["80", "443"] }
      # Azure demands these two of every gateway.
      health    = { from = ["GatewayManager"], ports = ["65200-65535"] }
      balancing = { from = ["AzureLoadBalancer"], ports = ["*"] }
    }
    endpoint = {
      clients = { from = local.clients, ports = local.endpoint_ports }
      # Its certificate is in Key Vault, whose name leads to an endpoint here.
      gateway = { from = [var.subnet_cidrs.gateway], ports = ["443"] }
    }
    # Pods keep their own addresses between nodes, so that both networks have to reach each other and themselves.
    aks = merge(
      {
        cluster   = { from = [var.subnet_cidrs.aks, local.pod_cidr], ports = ["*"] }
        balancing = { from = ["AzureLoadBalancer"], ports = ["*"] }
      },
      { for from in [var.aks_allowed_cidrs] : "people" => { from = from, ports = ["80", "443"] } if length(from) > 0 },
    )
  }

  # Azure demands an open way out of the gateway and of AKS, which has its own policies for pods.
  outbound = {
    container = {
      database = { to = [var.database_subnet_cidr], ports = ["5432"] }
      endpoint = { to = [var.subnet_cidrs.endpoint], ports = local.endpoint_ports }
      services = { to = [var.container_subnet_cidr], ports = local.service_ports }
      # Entra, J-Quants, receivers of notices.
      internet = { to = ["Internet"], ports = ["443"] }
    }
    database = {
      replication = { to = [var.database_subnet_cidr], ports = ["5432"] }
      backups     = { to = ["Storage"], ports = ["443"] }
    }
    endpoint = {}
  }

  rules = {
    for subnet in keys(local.subnets) : subnet => concat(
      [for name in sort(keys(local.inbound[subnet])) : merge({ name = "in-${name}", direction = "Inbound", to = ["*"] }, local.inbound[subnet][name])],
      [for name in sort(keys(lookup(local.outbound, subnet, {}))) : merge({ name = "out-${name}", direction = "Outbound", from = ["*"] }, local.outbound[subnet][name])],
    )
  }
}

resource "azurerm_network_security_group" "main" {
  for_each = local.rules

  name                = "${local.name}-${each.key}"
  location            = local.location
  resource_group_name = local.group
  tags                = local.tags

  dynamic "security_rule" {
    for_each = each.value

    content {
      name                         = security_rule.value.name
      priority                     = 100 + 10 * security_rule.key
      direction                    = security_rule.value.direction
      access                       = "Allow"
      protocol                     = contains(security_rule.value.ports, "*") ? "*" : "Tcp"
      source_port_range            = "*"
      destination_port_range       = length(security_rule.value.ports) == 1 ? security_rule.value.ports[0] : null
      destination_port_ranges      = length(security_rule.value.ports) == 1 ? null : security_rule.value.ports
      source_address_prefix        = length(security_rule.value.from) == 1 ? security_rule.value.from[0] : null
      source_address_prefixes      = length(security_rule.value.from) == 1 ? null : security_rule.value.from
      destination_address_prefix   = length(security_rule.value.to) == 1 ? security_rule.value.to[0] : null
      destination_address_prefixes = length(security_rule.value.to) == 1 ? null : security_rule.value.to
    }
  }

  dynamic "security_rule" {
    for_each = contains(keys(local.outbound), each.key) ? ["Inbound", "Outbound"] : ["Inbound"]

    content {
      name                       = "nothing-else-${lower(security_rule.value)}"
      priority                   = 4000
      direction                  = security_rule.value
      access                     = "Deny"
      protocol                   = "*"
      source_port_range          = "*"
      destination_port_range     = "*"
      source_address_prefix      = "*"
      destination_address_prefix = "*"
    }
  }
}

resource "azurerm_subnet_network_security_group_association" "main" {
  for_each = local.subnets

  subnet_id                 = azurerm_subnet.main[each.key].id
  network_security_group_id = azurerm_network_security_group.main[each.key].id
}
