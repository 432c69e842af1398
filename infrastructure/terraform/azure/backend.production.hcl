# With -backend-config="storage_account_name=..." beside it: the account that bootstrap/ made. No key of it is used:
# whoever applies signs in to Entra.
resource_group_name = "day-trade-state"
container_name      = "production"
key                 = "terraform.tfstate"
use_azuread_auth    = true
