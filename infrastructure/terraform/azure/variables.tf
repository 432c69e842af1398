# What is decided for the environment as a whole. Topics have files of their own: variables.<topic>.tf.

variable "azure_region" {
  type        = string
  description = "Region that everything runs in, by its display name."
  default     = "Japan East"
  nullable    = false

  validation {
    condition     = contains(["Japan East", "Japan West", "Korea Central", "Southeast Asia", "East Asia"], var.azure_region)
    error_message = "azure_region must be one of: Japan East, Japan West, Korea Central, Southeast Asia, East Asia."
  }
}

variable "environment" {
  type        = string
  description = "Environment; part of every name."
  nullable    = false

  validation {
    condition     = contains(["development", "staging", "production"], var.environment)
    error_message = "environment must be one of: development, staging, production."
  }
}

variable "operator_cidrs" {
  type        = list(string)
  description = "Networks of whoever applies, which may reach Key Vault, the image registry and the cluster's API from outside. Empty: every network may, and only Entra decides (a check warns)."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for cidr in var.operator_cidrs : can(cidrhost(cidr, 0)) && try(cidrhost(cidr, 0) == split("/", cidr)[0], false)])
    error_message = "operator_cidrs must be IPv4 networks in CIDR form, each beginning at its own first address, for example \"203.0.113.0/24\"."
  }

  validation {
    condition     = !contains(var.operator_cidrs, "0.0.0.0/0")
    error_message = "operator_cidrs must name networks; the whole internet is not allowed."
  }
}

variable "runtime" {
  type        = string
  description = "Where the services run: containers (Container Instances behind the Application Gateway), kubernetes (an AKS cluster for the Helm chart), or both."
  default     = "both"
  nullable    = false

  validation {
    condition     = contains(["containers", "kubernetes", "both"], var.runtime)
    error_message = "runtime must be one of: containers, kubernetes, both."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "Whether databases, storage and Key Vault have a lock, so that nobody deletes them by hand. Terraform takes a lock away before what it locks: what keeps Terraform back is the plan guard."
  default     = true
  nullable    = false
}

variable "role_wait_seconds" {
  type        = number
  description = "Seconds for which an apply waits until Azure knows of new roles. Raise it where an apply ends in Forbidden."
  default     = 120
  nullable    = false

  validation {
    condition     = var.role_wait_seconds >= 0 && var.role_wait_seconds <= 600 && floor(var.role_wait_seconds) == var.role_wait_seconds
    error_message = "role_wait_seconds must be a whole number from 0 to 600."
  }
}

variable "tags" {
  type        = map(string)
  description = "Further tags of every resource, for example a cost centre."
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, value in var.tags : !startswith(lower(name), "microsoft") && length(name) <= 128 && length(value) <= 256])
    error_message = "tags must have names of at most 128 characters that do not begin with microsoft, and values of at most 256 characters."
  }
}
