output "state_storage_account" {
  description = "Storage account of the state, for -backend-config of terraform init."
  value       = azurerm_storage_account.state.name
}

output "client_ids" {
  description = "Client ids that GitHub Actions signs in with, by environment; those of NAME-plan change nothing."
  value       = { for name, identity in azurerm_user_assigned_identity.deploy : name => identity.client_id }
}
