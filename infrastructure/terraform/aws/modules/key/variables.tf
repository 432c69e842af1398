variable "name" {
  type        = string
  description = "Name of the alias, without alias/."
}

variable "description" {
  type        = string
  description = "What the key protects."
}

variable "deletion_window_days" {
  type        = number
  description = "Days between the order to delete the key and its end."
}

variable "services" {
  type        = map(map(map(string)))
  description = "AWS services that may use the key, each with the condition of its statement; empty for none."
  default     = {}
}
