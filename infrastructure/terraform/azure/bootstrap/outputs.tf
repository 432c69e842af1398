output "state_storage_account" {
  description = "Storage account of the state, for -backend-config of terraform init."
  value       = azurerm_storage_account.state.name
}

output "deploy_client_ids" {
  description = "Client ids that deployments by GitHub Actions sign in with, by environment."
  value       = { for name in local.github_environments : name => azurerm_user_assigned_identity.deploy[name].client_id }
}

output "plan_client_ids" {
  description = "Client ids that plans and looks for drift by GitHub Actions sign in with, by environment; they change nothing."
  value       = { for name in local.github_environments : name => azurerm_user_assigned_identity.deploy["${name}-plan"].client_id }
}
