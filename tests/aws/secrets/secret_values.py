"""Prints the values of all secrets of an account as a JSON object by name, with those inside of JSON values.

Usage: secret_values.py REGION    AWS_ENDPOINT_URL says where the API is.
"""

import json
import sys

import boto3

# What is beside a password in a secret of a database, and secret to nobody.
NOT_SECRET = {"username", "engine", "host", "port", "dbname", "dbInstanceIdentifier"}


def parts(value):
    try:
        fields = json.loads(value)
    except ValueError:
        fields = None
    return {"": value} if not isinstance(fields, dict) else {k: v for k, v in fields.items() if k not in NOT_SECRET}


client = boto3.client("secretsmanager", region_name=sys.argv[1])
secrets = [secret for page in client.get_paginator("list_secrets").paginate() for secret in page["SecretList"]]
found = {}
for secret in secrets:
    value = client.get_secret_value(SecretId=secret["ARN"])["SecretString"]
    found.update({f"{secret['Name']} {part}".strip(): text for part, text in parts(value).items()})
json.dump(found, sys.stdout)
