variable "azure_region" {
  type        = string
  description = "Region of the account of state, by its display name."
  default     = "Japan East"
  nullable    = false

  validation {
    condition     = contains(["Japan East", "Japan West", "Korea Central", "Southeast Asia", "East Asia"], var.azure_region)
    error_message = "azure_region must be one of: Japan East, Japan West, Korea Central, Southeast Asia, East Asia."
  }
}

variable "github_repository" {
  type        = string
  description = "Repository of GitHub, owner/name, whose deployments may act in this subscription. Not set: none."
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

variable "environments" {
  type        = set(string)
  description = "Environments that are deployed into this subscription; with github_repository each gets an identity of its own."
  default     = ["development", "staging", "production"]
  nullable    = false

  validation {
    condition     = length(setsubtract(var.environments, ["development", "staging", "production"])) == 0
    error_message = "environments must be some of: development, staging, production."
  }
}
