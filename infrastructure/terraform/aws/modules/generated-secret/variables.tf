variable "secret_id" {
  type        = string
  description = "Id of the secret."
}

variable "length" {
  type        = number
  description = "Characters of the value: letters and digits."
}

variable "generation" {
  type        = number
  description = "A higher number makes a new value."
}
