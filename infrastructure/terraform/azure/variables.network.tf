variable "vnet_cidr" {
  type        = string
  description = "Addresses of the virtual network."
  default     = "10.1.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.vnet_cidr, 0)) && try(cidrhost(var.vnet_cidr, 0) == split("/", var.vnet_cidr)[0], false)
    error_message = "vnet_cidr must be an IPv4 network that begins at its own first address, for example \"10.1.0.0/16\"."
  }

  validation {
    condition     = try(tonumber(split("/", var.vnet_cidr)[1]) >= 16 && tonumber(split("/", var.vnet_cidr)[1]) <= 20, true)
    error_message = "vnet_cidr must have a prefix from /16 to /20."
  }

  validation {
    condition     = try(!contains(["10.96.0.0", "10.244.0.0"], cidrhost("${split("/", var.vnet_cidr)[0]}/16", 0)), true)
    error_message = "vnet_cidr must lie outside 10.244.0.0/16 and 10.96.0.0/16, which pods and services of the cluster have."
  }
}

variable "container_subnet_cidr" {
  type        = string
  description = "Addresses of the container groups."
  default     = "10.1.1.0/24"
  nullable    = false

  validation {
    condition = try(cidrhost(var.container_subnet_cidr, 0) == split("/", var.container_subnet_cidr)[0] && tonumber(split("/", var.container_subnet_cidr)[1]) <= 27 &&
    cidrhost("${cidrhost(var.container_subnet_cidr, 0)}/${split("/", var.vnet_cidr)[1]}", 0) == cidrhost(var.vnet_cidr, 0), false)
    error_message = "container_subnet_cidr must be an IPv4 network of at least /27, inside vnet_cidr, that begins at its own first address."
  }
}

variable "database_subnet_cidr" {
  type        = string
  description = "Addresses of PostgreSQL's servers."
  default     = "10.1.2.0/24"
  nullable    = false

  validation {
    condition = try(cidrhost(var.database_subnet_cidr, 0) == split("/", var.database_subnet_cidr)[0] && tonumber(split("/", var.database_subnet_cidr)[1]) <= 28 &&
    cidrhost("${cidrhost(var.database_subnet_cidr, 0)}/${split("/", var.vnet_cidr)[1]}", 0) == cidrhost(var.vnet_cidr, 0), false)
    error_message = "database_subnet_cidr must be an IPv4 network of at least /28, inside vnet_cidr, that begins at its own first address."
  }
}

variable "subnet_cidrs" {
  type = object({
    gateway  = optional(string, "10.1.3.0/24")
    endpoint = optional(string, "10.1.4.0/24")
    aks      = optional(string, "10.1.16.0/20")
  })
  description = "Addresses of the Application Gateway; of the private endpoints of Azure SQL, Redis, storage, Key Vault and registry; of the cluster's nodes."
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([for name, most in { gateway = 26, endpoint = 27, aks = 24 } :
      try(cidrhost(var.subnet_cidrs[name], 0) == split("/", var.subnet_cidrs[name])[0] && tonumber(split("/", var.subnet_cidrs[name])[1]) <= most &&
      cidrhost("${cidrhost(var.subnet_cidrs[name], 0)}/${split("/", var.vnet_cidr)[1]}", 0) == cidrhost(var.vnet_cidr, 0), false)
    ])
    error_message = "subnet_cidrs must be IPv4 networks inside vnet_cidr that begin at their own first address: gateway of at least /26, endpoint /27, aks /24."
  }
}

variable "aks_allowed_cidrs" {
  type        = list(string)
  description = "Networks that may reach a load balancer of the cluster (an Ingress of yours) at 80 and 443. Empty: none."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for cidr in var.aks_allowed_cidrs : can(cidrhost(cidr, 0))])
    error_message = "aks_allowed_cidrs must be IPv4 networks in CIDR form."
  }
}

variable "gateway_allowed_cidrs" {
  type        = list(string)
  description = "Networks that may reach the Application Gateway; every request needs the bearer token as well."
  default     = ["0.0.0.0/0"]
  nullable    = false

  validation {
    condition     = length(var.gateway_allowed_cidrs) > 0 && alltrue([for cidr in var.gateway_allowed_cidrs : can(cidrhost(cidr, 0))])
    error_message = "gateway_allowed_cidrs must be at least one IPv4 network in CIDR form."
  }
}
