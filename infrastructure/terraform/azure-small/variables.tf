variable "release_url" {
  description = "Address of the release's archive for Linux on ARM64, which ends with -linux-arm64.tar.gz."
  type        = string
}

variable "release_sha256" {
  description = "SHA-256 of the archive, as the file beside it says."
  type        = string
}

variable "ssh_public_key" {
  description = "Public key that opens the machine, as ssh-keygen writes it."
  type        = string

  validation {
    condition     = can(regex("^ssh-(ed25519|rsa) AAAA", var.ssh_public_key))
    error_message = "Must begin with ssh-ed25519 or ssh-rsa."
  }
}

variable "ssh_cidrs" {
  description = "Networks of yours that may reach SSH and read backups; none by default."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.ssh_cidrs : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]), 0) >= 16])
    error_message = "Each must be a network such as 203.0.113.7/32, of /16 or smaller."
  }
}

output "address" {
  description = "Address of the machine."
  value       = azurerm_public_ip.main.ip_address
}

output "storage_account" {
  description = "Storage account of the backups, which are in its container backups."
  value       = azurerm_storage_account.backups.name
}
