# With -backend-config="bucket=..." beside it: the bucket that bootstrap/ made. The bucket encrypts with its own key.
key          = "day-trade/development/terraform.tfstate"
region       = "ap-northeast-1"
use_lockfile = true
