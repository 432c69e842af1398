resource "azurerm_virtual_network" "main" {
  name                = local.name
  location            = local.location
  resource_group_name = local.group
  address_space       = [var.vnet_cidr]
  tags                = local.tags
}

locals {
  # Of pods, which the virtual network does not know.
  pod_cidr = "10.244.0.0/16"

  # Nothing goes out but through the NAT gateway; the gateway's subnet answers people and is not behind it.
  subnets = {
    container = { cidr = var.container_subnet_cidr, delegation = "Microsoft.ContainerInstance/containerGroups", nat = true }
    database  = { cidr = var.database_subnet_cidr, delegation = "Microsoft.DBforPostgreSQL/flexibleServers", nat = false }
    gateway   = { cidr = var.subnet_cidrs.gateway, delegation = null, nat = false }
    endpoint  = { cidr = var.subnet_cidrs.endpoint, delegation = null, nat = false }
    aks       = { cidr = var.subnet_cidrs.aks, delegation = null, nat = true }
  }
}

resource "azurerm_subnet" "main" {
  for_each = local.subnets

  name                              = each.key
  resource_group_name               = local.group
  virtual_network_name              = azurerm_virtual_network.main.name
  address_prefixes                  = [each.value.cidr]
  default_outbound_access_enabled   = false
  private_endpoint_network_policies = each.key == "endpoint" ? "NetworkSecurityGroupEnabled" : "Disabled"

  dynamic "delegation" {
    for_each = each.value.delegation == null ? [] : [each.value.delegation]

    content {
      name = each.key

      service_delegation {
        name    = delegation.value
        actions = [delegation.value == "Microsoft.ContainerInstance/containerGroups" ? "Microsoft.Network/virtualNetworks/subnets/action" : "Microsoft.Network/virtualNetworks/subnets/join/action"]
      }
    }
  }
}

# Each with its label in DNS.
resource "azurerm_public_ip" "main" {
  for_each = merge({ nat = null }, local.groups_enabled ? { gateway = local.gateway_label } : {})

  name                = "${local.name}-${each.key}"
  location            = local.location
  resource_group_name = local.group
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = local.zones
  domain_name_label   = each.value
  tags                = local.tags
}

resource "azurerm_nat_gateway" "main" {
  name                = local.name
  location            = local.location
  resource_group_name = local.group
  sku_name            = "Standard"
  tags                = local.tags
}

resource "azurerm_nat_gateway_public_ip_association" "main" {
  nat_gateway_id       = azurerm_nat_gateway.main.id
  public_ip_address_id = azurerm_public_ip.main["nat"].id
}

resource "azurerm_subnet_nat_gateway_association" "main" {
  for_each = toset([for name, subnet in local.subnets : name if subnet.nat])

  subnet_id      = azurerm_subnet.main[each.key].id
  nat_gateway_id = azurerm_nat_gateway.main.id

  # Whatever waits for this one has a way out.
  depends_on = [azurerm_nat_gateway_public_ip_association.main]
}
