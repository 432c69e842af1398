#!/usr/bin/env python3
"""Serves moto's AWS simulator, extended where real Terraform and the AWS provider ask for more than moto answers.

Usage: serve.py [-p PORT]    The options are those of moto_server; packages: ../requirements.txt

Point Terraform, the AWS command line and the SDKs at it with AWS_ENDPOINT_URL and any credentials. One file per service; each
extension says what AWS does. State lives in the process and goes with it.
"""

import os
import sys

# AWS's own policies can be attached; moto knows them when it is asked to. A certificate is issued soon after its record
# is there.
os.environ.update(MOTO_IAM_LOAD_MANAGED_POLICIES="true", MOTO_ACM_VALIDATION_WAIT="1")

from moto.server import main  # noqa: E402

import acm  # noqa: F401  each import extends moto's classes of one service
import application_autoscaling  # noqa: F401
import authorization  # noqa: F401
import backup  # noqa: F401
import backup_vaults  # noqa: F401
import cache_users  # noqa: F401
import cloudformation  # noqa: F401
import ec2  # noqa: F401
import ecs  # noqa: F401
import eks  # noqa: F401
import eks_security_group  # noqa: F401
import elasticache  # noqa: F401
import iam  # noqa: F401
import kms  # noqa: F401
import rds  # noqa: F401
import retries  # noqa: F401
import route53  # noqa: F401
import s3  # noqa: F401
import secretsmanager  # noqa: F401
import ssm  # noqa: F401

if __name__ == "__main__":
    main(sys.argv[1:])
