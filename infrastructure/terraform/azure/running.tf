# Reads what the environment runs, so that a plan keeps what it is not told to change. A list may be empty: before the
# first apply there is nothing.

data "azurerm_resources" "running" {
  for_each = {
    cluster  = "Microsoft.ContainerService/managedClusters"
    deployer = "Microsoft.ManagedIdentity/userAssignedIdentities"
    registry = "Microsoft.ContainerRegistry/registries"
  }

  type = each.value
}

locals {
  running = {
    for kind, found in data.azurerm_resources.running : kind => [
      for resource in found.resources : resource.name if lower(resource.resource_group_name) == local.name
    ]
  }
  running_aks = try(data.azurerm_kubernetes_cluster.running[0].kubernetes_version, "")

  # The slots that a release filled stand in tags of the registry until another one is told.
  running_slots = try(data.azurerm_container_registry.running[0].tags, {})
  slots = {
    for slot in ["blue", "green"] : slot => var.slots == null ? lookup(local.running_slots, "slot-${slot}", null) : var.slots[slot]
  }
  active_slot = var.active_slot == null ? lookup(local.running_slots, "slot-active", "blue") : var.active_slot
  slot_tags = merge(
    { slot-active = local.active_slot },
    { for slot, digest in local.slots : "slot-${slot}" => digest if digest != null },
  )
}

data "azurerm_container_registry" "running" {
  count = length(local.running.registry)

  name                = local.running.registry[count.index]
  resource_group_name = local.name
}

data "azurerm_kubernetes_cluster" "running" {
  count = length(local.running.cluster)

  name                = local.running.cluster[count.index]
  resource_group_name = local.name
}

# GitHub's identities of the environment (bootstrap/github.tf).
data "azurerm_user_assigned_identity" "github" {
  for_each = {
    for identity in data.azurerm_resources.running["deployer"].resources : identity.name => identity.resource_group_name
    if contains(["day-trade-deploy-${var.environment}", "day-trade-plan-${var.environment}"], identity.name)
  }

  name                = each.key
  resource_group_name = each.value
}

locals {
  current = data.azurerm_client_config.current
  planner = try(data.azurerm_user_assigned_identity.github["day-trade-plan-${var.environment}"].client_id, null)
  # Whoever applies gets roles. A plan by the identity that reads is applied by the other one.
  applier = local.planner == local.current.client_id ? {
    client_id = data.azurerm_user_assigned_identity.github["day-trade-deploy-${var.environment}"].client_id
    object_id = data.azurerm_user_assigned_identity.github["day-trade-deploy-${var.environment}"].principal_id
  } : { client_id = local.current.client_id, object_id = local.current.object_id }
}
