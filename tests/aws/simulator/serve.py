#!/usr/bin/env python3
"""Serves moto's AWS simulator, extended where real Terraform and the AWS provider ask for more than moto answers.

Usage: serve.py [-p PORT]    The options are those of moto_server; packages: ../requirements.txt

Point Terraform, the AWS command line and the SDKs at it with AWS_ENDPOINT_URL and any credentials. One file a service; each
extension says what AWS does. State lives in the process and goes with it.
"""

import sys

from moto.server import main

import application_autoscaling  # noqa: F401  each import extends moto's classes of one service
import backup  # noqa: F401
import cache_users  # noqa: F401
import ecs  # noqa: F401
import eks  # noqa: F401
import elasticache  # noqa: F401
import rds  # noqa: F401

if __name__ == "__main__":
    main(sys.argv[1:])
