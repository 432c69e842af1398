output "state_bucket" {
  description = "Bucket of the state, for -backend-config of terraform init."
  value       = module.state.name
}

output "deploy_role_arns" {
  description = "Roles that deployments by GitHub Actions take on, by environment."
  value       = { for name, role in aws_iam_role.deploy : name => role.arn }
}
