# The first start of the machine, which both clouds share: cloud-init writes these files, installs the release, and
# starts it. The image of Ubuntu has everything else.

variable "release_url" {
  description = "Address of the release's archive for Linux on ARM64."
  type        = string

  validation {
    condition     = can(regex("^https://[^\\s'\"]+-linux-arm64\\.tar\\.gz$", var.release_url))
    error_message = "Must begin with https:// and end with -linux-arm64.tar.gz."
  }
}

variable "release_sha256" {
  description = "SHA-256 of the archive, as the file beside it says."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{64}$", var.release_sha256))
    error_message = "Must be 64 hexadecimal digits in lower case."
  }
}

variable "put" {
  description = "Program that sends a file to the bucket: put FILE NAME."
  type        = string

  validation {
    condition     = startswith(var.put, "#!/bin/")
    error_message = "Must be a script."
  }
}

locals {
  files = {
    "/etc/systemd/system/day-trade.service"        = file("${path.module}/day-trade.service")
    "/etc/systemd/system/day-trade-backup.service" = file("${path.module}/day-trade-backup.service")
    "/etc/systemd/system/day-trade-backup.timer"   = file("${path.module}/day-trade-backup.timer")
    "/etc/apt/apt.conf.d/90day-trade"              = file("${path.module}/upgrades.conf")
  }
  programs = {
    "/usr/local/bin/daytrade"          = file("${path.module}/daytrade.sh")
    "/usr/local/lib/day-trade/install" = file("${path.module}/install.sh")
    "/usr/local/lib/day-trade/put"     = var.put
    "/usr/local/lib/day-trade/restore" = file("${path.module}/restore.sh")
    "/usr/local/lib/day-trade/upload"  = file("${path.module}/upload.sh")
  }
  configuration = {
    timezone = "Asia/Tokyo"
    # The default user of the image stays: on Azure people sign in as it.
    users = ["default", { name = "day-trade", system = true, homedir = "/var/lib/day-trade", shell = "/usr/sbin/nologin" }]
    write_files = concat(
      [for path, content in local.files : { path = path, content = content, permissions = "0644" }],
      [for path, content in local.programs : { path = path, content = content, permissions = "0755" }],
    )
    runcmd = [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "day-trade.service"],
      ["/usr/local/lib/day-trade/install", var.release_url, var.release_sha256],
      ["systemctl", "enable", "--now", "day-trade-backup.timer"],
    ]
  }
}

output "user_data" {
  description = "Configuration of cloud-init."
  value       = "#cloud-config\n${yamlencode(local.configuration)}"
}
