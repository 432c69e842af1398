output "state_bucket" {
  description = "Bucket of the state, for -backend-config of terraform init."
  value       = module.state.name
}

output "deploy_role_arns" {
  description = "Roles that deployments by GitHub Actions take on, by environment."
  value       = { for name, role in aws_iam_role.deploy : name => role.arn }
}

output "plan_role_arns" {
  description = "Roles that plans and looks for drift by GitHub Actions take on, by environment; they change nothing."
  value       = { for name, role in aws_iam_role.plan : name => role.arn }
}

output "image_repository" {
  description = "Repository of the image of all environments, for image_repository."
  value       = aws_ecr_repository.main.repository_url
}

output "permissions_boundary_arns" {
  description = "Policies that no role of an environment may go beyond, by environment, for permissions_boundary."
  value       = { for name, policy in aws_iam_policy.boundary : name => policy.arn }
}
