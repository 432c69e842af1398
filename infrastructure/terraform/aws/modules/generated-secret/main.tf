# A value that Secrets Manager makes and that goes straight back to it: it is in no state and no plan.

ephemeral "aws_secretsmanager_random_password" "this" {
  # By way of the secret, so that nothing is generated before there is a secret to hold it.
  password_length     = length(var.secret_id) > 0 ? var.length : null
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id                = var.secret_id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.this.random_password
  secret_string_wo_version = var.generation
}
