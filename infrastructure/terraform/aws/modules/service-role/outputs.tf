output "arn" {
  description = "ARN of the role."
  value       = aws_iam_role.this.arn
}

output "rights" {
  description = "Names of what the role may do; empty for one that may do nothing."
  value       = [for statement in local.statements : statement.Sid]
}

output "name" {
  description = "Name of the role."
  value       = aws_iam_role.this.name
}
