variable "certificate_arn" {
  type        = string
  description = "ARN of a certificate in ACM, issued or imported, for HTTPS. Not set: one is made for domain_name."
  default     = null

  validation {
    condition     = var.certificate_arn == null ? true : can(regex("^arn:aws[a-z-]*:acm:${var.aws_region}:[0-9]{12}:certificate/[0-9a-f-]{36}$", var.certificate_arn))
    error_message = "certificate_arn must be the ARN of an ACM certificate in aws_region: arn:aws:acm:<region>:<account>:certificate/<id>."
  }
}

variable "domain_name" {
  type        = string
  description = "Name under which the page and the API are reached. With route53_zone_id its certificate and its record are made; with certificate_arn it is only shown."
  default     = null

  validation {
    condition     = var.domain_name == null ? true : can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", var.domain_name))
    error_message = "domain_name must be a full host name in lowercase, for example \"day-trade.example.com\"."
  }

  validation {
    condition     = var.domain_name == null || var.route53_zone_id != null || var.certificate_arn != null
    error_message = "domain_name must come with route53_zone_id, so that its certificate can be issued, or with certificate_arn."
  }

  validation {
    condition     = var.route53_zone_id == null || var.domain_name != null
    error_message = "route53_zone_id must come with domain_name, the name inside of the zone."
  }
}

variable "route53_zone_id" {
  type        = string
  description = "Hosted zone of Route 53 in which domain_name lies."
  default     = null

  validation {
    condition     = var.route53_zone_id == null ? true : can(regex("^Z[A-Z0-9]{1,31}$", var.route53_zone_id))
    error_message = "route53_zone_id must be the id of a hosted zone: Z followed by capital letters and digits."
  }
}

variable "rate_limit" {
  type        = number
  description = "Requests that one address may make in five minutes before the firewall refuses it."
  default     = 2000
  nullable    = false

  validation {
    condition     = var.rate_limit >= 100 && var.rate_limit <= 2000000 && floor(var.rate_limit) == var.rate_limit
    error_message = "rate_limit must be a whole number of requests from 100 to 2000000."
  }
}
