data "azurerm_client_config" "current" {}

locals {
  name     = "day-trade-${var.environment}"
  location = azurerm_resource_group.main.location
  group    = azurerm_resource_group.main.name
  tenant   = data.azurerm_client_config.current.tenant_id
  zones    = ["1", "2", "3"]

  # The runtimes that are on.
  groups_enabled = var.runtime != "kubernetes"
  aks_enabled    = var.runtime != "containers"

  # Some names are shared by all of Azure: the subscription's id makes them ours.
  suffix = substr(sha256("${data.azurerm_client_config.current.subscription_id}/${var.environment}"), 0, 8)
  short  = { development = "dev", staging = "stg", production = "prd" }[var.environment]

  namespace = { development = "day-trade-dev", staging = "day-trade-staging", production = "day-trade" }[var.environment]

  tags = merge(var.tags, {
    project     = "day-trade"
    environment = var.environment
    managed-by  = "terraform"
  })
}

# Bootstrap makes the group of an environment that GitHub deploys, beside the identity that does.
import {
  for_each = toset([
    for identity in data.azurerm_resources.running["deployer"].resources : identity.name
    if identity.name == "day-trade-deploy-${var.environment}"
  ])

  to = azurerm_resource_group.main
  id = "/subscriptions/${data.azurerm_client_config.current.subscription_id}/resourceGroups/${local.name}"
}

resource "azurerm_resource_group" "main" {
  name     = local.name
  location = var.azure_region
  tags     = local.tags
}
