variable "release_url" {
  description = "Address of the release's archive for Linux on ARM64, which ends with -linux-arm64.tar.gz."
  type        = string
}

variable "release_sha256" {
  description = "SHA-256 of the archive, as the file beside it says."
  type        = string
}

variable "disk_gigabytes" {
  description = "Size of the disk, which can grow and never shrink."
  type        = number
  default     = 30

  validation {
    condition     = var.disk_gigabytes >= 20 && var.disk_gigabytes <= 1000
    error_message = "Must be 20 to 1000."
  }
}

variable "s3_use_path_style" {
  description = "Only for a simulator of AWS, whose buckets have no names of their own."
  type        = bool
  default     = false
}

output "instance_id" {
  description = "Target of Session Manager."
  value       = aws_instance.main.id
}

output "bucket" {
  description = "Bucket of the backups."
  value       = aws_s3_bucket.backups.id
}
