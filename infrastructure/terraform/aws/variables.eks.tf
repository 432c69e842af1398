variable "eks_version" {
  type        = string
  description = "Version of Kubernetes; ../support-dates.json says until when AWS supports which."
  default     = "1.35"
  nullable    = false

  validation {
    condition     = can(regex("^1\\.(3[4-9]|4[0-4])$", var.eks_version))
    error_message = "eks_version must be 1.34 to 1.44, for example \"1.35\": older ones are out of standard support, and EKS would upgrade them by itself."
  }
}

variable "eks_public_access_cidrs" {
  type        = list(string)
  description = "Networks that may reach the cluster's API from the internet. Empty: it is reached from inside of the VPC only."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for cidr in var.eks_public_access_cidrs : can(cidrnetmask(cidr)) && try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "eks_public_access_cidrs must be IPv4 networks in CIDR form of at least /8, for example \"203.0.113.0/24\"; the whole internet is not allowed."
  }
}

variable "eks_administrators" {
  type        = set(string)
  description = "ARNs of IAM roles or users that administer the cluster. Empty: whoever applies it first."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.eks_administrators : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/.+$", arn))])
    error_message = "eks_administrators must be ARNs of IAM roles or users: arn:aws:iam::<account>:role/<name>."
  }
}

variable "eks_deployers" {
  type        = set(string)
  description = "ARNs of IAM roles that may change the application's namespace and nothing else, for example that of CI."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.eks_deployers : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", arn))])
    error_message = "eks_deployers must be ARNs of IAM roles: arn:aws:iam::<account>:role/<name>."
  }
}

variable "eks_node_type" {
  type        = string
  description = "Type of the nodes' machines."
  default     = "m6i.xlarge"
  nullable    = false

  validation {
    condition     = can(regex("^(t3|m[5-8]i|m[5-7]|c[5-8]i|c[5-7]|r[5-8]i|r[5-7])\\.(medium|large|[0-9]*xlarge)$", var.eks_node_type))
    error_message = "eks_node_type must be an x86-64 type of the families t3, m, c or r of size medium or larger, for example \"m6i.xlarge\"."
  }
}

variable "eks_nodes" {
  type        = object({ minimum = number, desired = number, maximum = number })
  description = "Fewest, first and most nodes."
  default     = { minimum = 2, desired = 3, maximum = 10 }
  nullable    = false

  validation {
    condition     = var.eks_nodes.minimum >= 1 && var.eks_nodes.desired >= var.eks_nodes.minimum && var.eks_nodes.maximum >= var.eks_nodes.desired && var.eks_nodes.maximum <= 100
    error_message = "eks_nodes must have 1 <= minimum <= desired <= maximum <= 100."
  }
}
