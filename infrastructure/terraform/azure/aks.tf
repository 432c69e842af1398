# The cluster of the Helm chart. People come in by Entra, the application's pods by their service accounts.

locals {
  aks = local.aks_enabled ? 1 : 0
  # Patches come by themselves, and Azure then names the patch as the version wanted (azurerm #26946).
  aks_version = startswith(local.running_aks, "${var.aks_version}.") ? local.running_aks : var.aks_version
}

# The cluster joins the network. Its nodes pull images as an identity of ours, which it hands to them.
resource "azurerm_role_assignment" "aks" {
  for_each = local.aks_enabled ? {
    network = { role = "Network Contributor", scope = azurerm_virtual_network.main.id }
    kubelet = { role = "Managed Identity Operator", scope = azurerm_user_assigned_identity.main["kubelet"].id }
  } : {}

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = azurerm_user_assigned_identity.main["aks"].principal_id
}

resource "azurerm_kubernetes_cluster" "main" {
  count = local.aks

  name                      = "day-trade-aks"
  location                  = local.location
  resource_group_name       = local.group
  node_resource_group       = "${local.name}-nodes"
  dns_prefix                = local.name
  kubernetes_version        = local.aks_version
  sku_tier                  = "Standard"
  oidc_issuer_enabled       = true
  workload_identity_enabled = true
  local_account_disabled    = true
  run_command_enabled       = false
  azure_policy_enabled      = true
  automatic_upgrade_channel = "patch"
  node_os_upgrade_channel   = "NodeImage"
  image_cleaner_enabled     = true
  tags                      = local.tags

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"

    orchestrator_version = local.aks_version
    # On the machine itself: quicker, and nothing of a node outlives it.
    os_disk_type                 = "Ephemeral"
    os_disk_size_gb              = 64
    vnet_subnet_id               = azurerm_subnet.main["aks"].id
    auto_scaling_enabled         = true
    min_count                    = var.aks_nodes.system
    max_count                    = 2 * var.aks_nodes.system
    max_pods                     = 110
    zones                        = local.zones
    only_critical_addons_enabled = true
    temporary_name_for_rotation  = "systemtmp"
    tags                         = local.tags

    upgrade_settings {
      max_surge = "33%"
    }
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.main["aks"].id]
  }

  kubelet_identity {
    client_id                 = azurerm_user_assigned_identity.main["kubelet"].client_id
    object_id                 = azurerm_user_assigned_identity.main["kubelet"].principal_id
    user_assigned_identity_id = azurerm_user_assigned_identity.main["kubelet"].id
  }

  node_provisioning_profile {
    mode = "Manual"
  }

  azure_active_directory_role_based_access_control {
    azure_rbac_enabled     = true
    tenant_id              = local.tenant
    admin_group_object_ids = length(var.aks_administrators) == 0 ? null : var.aks_administrators
  }

  dynamic "api_server_access_profile" {
    for_each = local.open_to_operators ? [] : [var.operator_cidrs]

    content {
      authorized_ip_ranges = concat(api_server_access_profile.value, ["${azurerm_public_ip.main["nat"].ip_address}/32"])
    }
  }

  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_data_plane  = "cilium"
    network_policy      = "cilium"
    outbound_type       = "userAssignedNATGateway"
    pod_cidr            = local.pod_cidr
    service_cidr        = "10.96.0.0/16"
    dns_service_ip      = "10.96.0.10"
  }

  oms_agent {
    log_analytics_workspace_id      = azurerm_log_analytics_workspace.main.id
    msi_auth_for_monitoring_enabled = true
  }

  # While the exchange is closed: Saturday night in Japan.
  maintenance_window_auto_upgrade {
    frequency   = "Weekly"
    interval    = 1
    duration    = 6
    day_of_week = "Saturday"
    start_time  = "22:00"
    utc_offset  = "+09:00"
  }

  maintenance_window_node_os {
    frequency   = "Weekly"
    interval    = 1
    duration    = 6
    day_of_week = "Sunday"
    start_time  = "04:00"
    utc_offset  = "+09:00"
  }

  depends_on = [
    terraform_data.roles,
    azurerm_subnet_nat_gateway_association.main,
    azurerm_subnet_network_security_group_association.main,
  ]
}

resource "azurerm_kubernetes_cluster_node_pool" "work" {
  count = local.aks

  name                        = "work"
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.main[0].id
  vm_size                     = var.aks_node_size
  orchestrator_version        = local.aks_version
  vnet_subnet_id              = azurerm_subnet.main["aks"].id
  auto_scaling_enabled        = true
  min_count                   = var.aks_nodes.minimum
  max_count                   = var.aks_nodes.maximum
  max_pods                    = 110
  zones                       = local.zones
  temporary_name_for_rotation = "worktmp"
  tags                        = local.tags

  upgrade_settings {
    max_surge = "33%"
  }
}

resource "azurerm_role_assignment" "aks_administrator" {
  for_each = local.aks_enabled ? (length(var.aks_administrators) == 0 ? { deployer = local.applier.object_id } : { for id in var.aks_administrators : id => id }) : {}

  scope                = azurerm_kubernetes_cluster.main[0].id
  role_definition_name = "Azure Kubernetes Service RBAC Cluster Admin"
  principal_id         = each.value

  lifecycle {
    ignore_changes = [principal_id]
  }
}

# Each part's pods sign in as the part's identity, and External Secrets as that of the secrets; no other pod has one.
resource "azurerm_federated_identity_credential" "pod" {
  for_each = merge(local.pod_parts, { for part in ["secrets"] : part => "pods-secrets" if local.aks_enabled })

  name                      = each.key
  user_assigned_identity_id = azurerm_user_assigned_identity.main[each.value].id
  audience                  = ["api://AzureADTokenExchange"]
  issuer                    = azurerm_kubernetes_cluster.main[0].oidc_issuer_url
  subject                   = "system:serviceaccount:${local.namespace}:${each.key}"
}
