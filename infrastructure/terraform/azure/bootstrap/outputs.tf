output "state_storage_account" {
  description = "Storage account of the state, for -backend-config of terraform init."
  value       = azurerm_storage_account.state.name
}

output "deploy_client_ids" {
  description = "Client ids that deployments by GitHub Actions sign in with, by environment."
  value       = { for name, identity in azurerm_user_assigned_identity.deploy : name => identity.client_id }
}
