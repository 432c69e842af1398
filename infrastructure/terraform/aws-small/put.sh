#!/bin/bash
# put FILE NAME: sends a file to the bucket, as the machine's role.
set -euo pipefail
metadata() {
  curl --fail --silent --show-error --noproxy '*' --header "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}
token=$(curl --fail --silent --show-error --noproxy '*' --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token)
credentials=$(metadata "iam/security-credentials/$(metadata iam/security-credentials/)")
credential() { sed -n "s/^ *\"$1\" *: *\"\(.*\)\",\{0,1\}$/\1/p" <<<"$credentials"; }
sum=$(sha256sum "$1")
# The secret goes by standard input: arguments are seen by everybody on the machine.
curl --fail --silent --show-error --config - --aws-sigv4 aws:amz:@REGION@:s3 --upload-file "$1" \
  --header "x-amz-content-sha256: ${sum%% *}" "https://@BUCKET@.s3.@REGION@.amazonaws.com/$2" <<CONFIG
user = "$(credential AccessKeyId):$(credential SecretAccessKey)"
header = "x-amz-security-token: $(credential Token)"
CONFIG
