variable "aws_region" {
  type        = string
  description = "Region of the bucket of state."
  default     = "ap-northeast-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region must be the name of a region, for example \"ap-northeast-1\"."
  }
}

variable "github_repository" {
  type        = string
  description = "Repository of GitHub, owner/name, whose deployments may act in this account. Not set: none."
  default     = null

  validation {
    condition     = var.github_repository == null ? true : can(regex("^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository must be owner/name, for example \"example/day-trade\"."
  }
}

variable "make_github_provider" {
  type        = bool
  description = "Whether the identity provider of GitHub is made; false where the account has it already, since it can have one only."
  default     = true
  nullable    = false
}

variable "environments" {
  type        = set(string)
  description = "Environments that are deployed into this account; with github_repository each gets a role of its own."
  default     = ["development", "staging", "production"]
  nullable    = false

  validation {
    condition     = length(setsubtract(var.environments, ["development", "staging", "production"])) == 0
    error_message = "environments must be some of: development, staging, production."
  }
}

variable "s3_use_path_style" {
  type        = bool
  description = "Whether buckets are addressed as a path rather than a host name; only for a simulator behind AWS_ENDPOINT_URL."
  default     = false
  nullable    = false
}
