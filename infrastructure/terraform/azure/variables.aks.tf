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
  type        = object({ minimum = number, maximum = number, system = optional(number, 2) })
  description = "Fewest and most nodes for the application, and fewest of the system's own pool, which grows to twice as many."
  default     = { minimum = 2, maximum = 10 }
  nullable    = false

  validation {
    condition     = var.aks_nodes.minimum >= 1 && var.aks_nodes.minimum <= var.aks_nodes.maximum && var.aks_nodes.maximum <= 100
    error_message = "aks_nodes must have 1 <= minimum <= maximum <= 100."
  }

  validation {
    condition     = var.aks_nodes.system >= 1 && var.aks_nodes.system <= 5 && floor(var.aks_nodes.system) == var.aks_nodes.system
    error_message = "aks_nodes must have a whole number from 1 to 5 as system."
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
