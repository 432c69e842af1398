variable "aks_version" {
  type        = string
  description = "Minor version of Kubernetes, raised one at a time; patches are installed by themselves."
  default     = "1.35"
  nullable    = false

  validation {
    condition     = can(regex("^1\\.3[4-9]$", var.aks_version))
    error_message = "aks_version must be 1.34 to 1.39, without the patch, for example \"1.35\"."
  }
}

variable "aks_node_size" {
  type        = string
  description = "Size of the machines that the application's pods run on."
  default     = "Standard_D4s_v5"
  nullable    = false

  validation {
    condition     = can(regex("^Standard_[DE](2|4|8|16|32)(s|ds|as|ads)_v[5-6]$", var.aks_node_size))
    error_message = "aks_node_size must be a size of the families D or E, v5 or v6, x86-64, for example \"Standard_D4s_v5\"."
  }
}

variable "aks_nodes" {
  type        = object({ minimum = number, maximum = number })
  description = "Fewest and most nodes for the application; the system's pods have a pool of their own."
  default     = { minimum = 2, maximum = 10 }
  nullable    = false

  validation {
    condition     = var.aks_nodes.minimum >= 1 && var.aks_nodes.minimum <= var.aks_nodes.maximum && var.aks_nodes.maximum <= 100
    error_message = "aks_nodes must have 1 <= minimum <= maximum <= 100."
  }
}

variable "aks_system_nodes" {
  type        = number
  description = "Fewest nodes of the system's pool; it grows to twice as many."
  default     = 2
  nullable    = false

  validation {
    condition     = var.aks_system_nodes >= 1 && var.aks_system_nodes <= 5 && floor(var.aks_system_nodes) == var.aks_system_nodes
    error_message = "aks_system_nodes must be a whole number from 1 to 5."
  }
}

variable "aks_pod_cidr" {
  type        = string
  description = "Addresses of pods, which the virtual network does not know."
  default     = "10.244.0.0/16"
  nullable    = false

  validation {
    condition     = try(cidrhost(var.aks_pod_cidr, 0) == split("/", var.aks_pod_cidr)[0] && tonumber(split("/", var.aks_pod_cidr)[1]) <= 20, false)
    error_message = "aks_pod_cidr must be an IPv4 network of at least /20 that begins at its own first address."
  }

  validation {
    condition     = try(cidrhost("${cidrhost(var.aks_pod_cidr, 0)}/${split("/", var.vnet_cidr)[1]}", 0) != cidrhost(var.vnet_cidr, 0), true)
    error_message = "aks_pod_cidr must lie outside vnet_cidr."
  }
}

variable "aks_administrators" {
  type        = set(string)
  description = "Object ids of Entra groups or users that administer the cluster. Empty: whoever applies it first."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.aks_administrators : can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "aks_administrators must be object ids of Entra, such as 01234567-89ab-cdef-0123-456789abcdef."
  }
}
