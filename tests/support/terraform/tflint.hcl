# The rules that tflint brings itself, all of them; see its documentation of the ruleset "terraform".
config {
  call_module_type = "local"
}

plugin "terraform" {
  enabled = true
  preset  = "all"
}

# A topic has a file of its own here: variables.<topic>.tf and outputs.tf beside <topic>.tf, not all in three files.
rule "terraform_standard_module_structure" {
  enabled = false
}
