# Reads what the environment runs, so that a plan keeps what it is not told to change. A list may be empty: before the
# first apply there is nothing.

data "azurerm_resources" "running" {
  for_each = {
    cluster = "Microsoft.ContainerService/managedClusters"
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
}

data "azurerm_kubernetes_cluster" "running" {
  count = length(local.running.cluster)

  name                = local.running.cluster[count.index]
  resource_group_name = local.name
}
