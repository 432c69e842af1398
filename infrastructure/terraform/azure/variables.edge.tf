variable "certificate_name" {
  type        = string
  description = "Name of a certificate in Key Vault, imported or issued there, for HTTPS. Not set: a self-signed one is made for domain_name, which browsers warn of."
  default     = null

  validation {
    condition     = var.certificate_name == null ? true : can(regex("^[A-Za-z0-9-]{1,127}$", var.certificate_name))
    error_message = "certificate_name must be the name of a certificate in Key Vault: 1 to 127 letters, digits or -."
  }
}

variable "domain_name" {
  type        = string
  description = "Name under which the page and the API are reached; its record at your DNS points to the gateway's address. Not set: the gateway's own name."
  default     = null

  validation {
    condition     = var.domain_name == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a full host name in lowercase, for example \"day-trade.example.com\"."
  }
}

variable "gateway_capacity" {
  type        = object({ minimum = number, maximum = number })
  description = "Fewest and most instances of the Application Gateway."
  default     = { minimum = 1, maximum = 4 }
  nullable    = false

  validation {
    condition     = var.gateway_capacity.minimum >= 0 && var.gateway_capacity.minimum < var.gateway_capacity.maximum && var.gateway_capacity.maximum >= 2 && var.gateway_capacity.maximum <= 125
    error_message = "gateway_capacity must have 0 <= minimum < maximum, and a maximum from 2 to 125."
  }
}
