variable "name" {
  type        = string
  description = "Name of the bucket."
}

variable "kms_key_arn" {
  type        = string
  description = "Key that objects are encrypted with; not set: S3's own (all that the log delivery of load balancers can write)."
  default     = null
}

variable "force_destroy" {
  type        = bool
  description = "Whether the bucket goes with its objects."
}

variable "old_versions_days" {
  type        = number
  description = "Days for which a replaced or deleted object can be brought back."
}

variable "expiration_days" {
  type        = number
  description = "Days after which objects go; not set: never."
  default     = null
}

variable "infrequent_access_days" {
  type        = number
  description = "Days after which objects move to the storage class STANDARD_IA; not set: never."
  default     = null
}

variable "log_buckets" {
  type        = list(string)
  description = "The bucket that takes the access log; empty: no log. A list, since how long it is is known before its bucket is made."
  default     = []
}

variable "policy_statements" {
  type = list(object({
    Sid       = string
    Effect    = string
    Principal = map(string)
    Action    = list(string)
    Resource  = list(string)
    Condition = map(map(string))
  }))
  description = "Further statements of the bucket's policy; Resource holds paths inside the bucket, \"\" the bucket itself."
  default     = []
}
