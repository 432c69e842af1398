output "resource_group_name" {
  description = "Resource group of the environment, for `az`."
  value       = local.group
}

output "runtime" {
  description = "Where the services run: containers, kubernetes, or both."
  value       = var.runtime
}

output "url" {
  description = "Where the page and the API answer; null without Container Instances."
  value       = local.groups_enabled ? "https://${local.host}" : null
}

output "gateway_address" {
  description = "Public address of the gateway, for the record of domain_name; null without Container Instances."
  value       = local.groups_enabled ? azurerm_public_ip.main["gateway"].ip_address : null
}

output "active_slot" {
  description = "Slot that the gateway sends requests to."
  value       = local.active_slot
}

output "slots" {
  description = "Digest of the image of each slot that has one."
  value       = { for slot, digest in local.slots : slot => digest if digest != null }
}

output "aks_cluster_name" {
  description = "Name of the AKS cluster, for `az aks get-credentials`; null without AKS."
  value       = local.aks_enabled ? azurerm_kubernetes_cluster.main[0].name : null
}

output "image_repository" {
  description = "Where the image is pushed to."
  value       = "${azurerm_container_registry.main.login_server}/day-trade"
}

output "registry_name" {
  description = "Name of the image registry, for `az acr login`."
  value       = azurerm_container_registry.main.name
}

output "key_vault_name" {
  description = "Key Vault with the secrets token, database-password and sql-admin-password."
  value       = azurerm_key_vault.main.name
}

output "secret_store" {
  description = "Objects of the cluster by which External Secrets reads Key Vault, for kubectl apply; null without AKS."
  value       = local.secret_store
}

output "values_azure" {
  description = "Values of the Helm chart for this environment: terraform output -raw values_azure."
  value       = local.aks_enabled ? local.chart_values : null
}
