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
