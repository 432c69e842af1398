output "version_id" {
  description = "Id of the value that is current."
  value       = aws_secretsmanager_secret_version.this.version_id
}
