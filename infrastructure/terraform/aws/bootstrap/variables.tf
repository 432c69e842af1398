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

variable "github_repository_ids" {
  type        = string
  description = "Numbers of the owner and of the repository, which are in the subjects of GitHub for every repository since July 2026, as \"123456/456789\": then the name alone, which somebody else could get one day, is not trusted. Not set: the name is."
  default     = null

  validation {
    condition     = var.github_repository_ids == null ? true : can(regex("^[1-9][0-9]*/[1-9][0-9]*$", var.github_repository_ids))
    error_message = "github_repository_ids must be two numbers, that of the owner and that of the repository, for example \"123456/456789\"."
  }

  validation {
    condition     = var.github_repository_ids == null || var.github_repository != null
    error_message = "github_repository_ids must stand beside github_repository, which has the names."
  }
}

variable "trust_repository_name" {
  type        = bool
  description = "Whether the name alone is trusted beside the numbers, as long as GitHub has not changed the subjects of a repository over."
  default     = false
  nullable    = false
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
