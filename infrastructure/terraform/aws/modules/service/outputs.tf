output "name" {
  description = "Name of the service."
  value       = aws_ecs_service.this.name
}

output "preparation" {
  description = "The containers that run before the part: certificates and migration, as JSON."
  value       = jsonencode([local.certificates, local.migrate])
}

output "execution_role_arn" {
  description = "ARN of the role that starts tasks."
  value       = aws_iam_role.execution.arn
}

output "containers" {
  description = "Names of the containers of a task."
  value       = [for container in local.containers : container.name]
}

output "secret_names" {
  description = "Settings that the part gets as secrets."
  value       = [for secret in local.service.secrets : secret.name]
}

output "migration_secret_names" {
  description = "The same of its migration."
  value       = [for secret in local.migrate.secrets : secret.name]
}
