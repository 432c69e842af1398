"""IAM: a role that was assumed may do what its policies and its boundary allow, and nothing else; moto lets everybody do everything.

Other credentials stay free, so that tests can look at everything. What AWS knows of each action's resource, this takes from the
request: every name with `day-trade-`, every ARN, and ids of EC2, whose tags count. Two things of IAM are not here: policies of
resources, and condition keys beside those in CONDITIONS.
"""

import fnmatch
import json
import re

from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import AccessDeniedError
from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends
from moto.s3.exceptions import S3AccessDeniedError
from moto.sts.models import sts_backends

from extension import method_of

CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/")
# Tags and policies of others may name what the request does not touch.
NAMES = re.compile(r"arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:[A-Za-z0-9_:/.*-]+|/?day-trade[-/][A-Za-z0-9_/.-]+|\b(?:vpc|subnet|sg|sgr|nat|rtb|igw|eipalloc|vpce|fl|i|lt)-[0-9a-f]{8,17}\b")
# Where a request names a resource by less than its ARN has: the parameter, and what stands before it.
PLACES = {"ecr": ("repositoryName", "repository/"), "logs": ("logGroupName", "log-group:")}
ACTION_THAT_ALLOWS = {"s3:HeadBucket": "s3:ListBucket", "s3:HeadObject": "s3:GetObject"}
ROLES = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/[A-Za-z0-9_/.-]+")


def words(response):
    """All that a request says: its path, its query and its body, unquoted."""
    body = response.body if isinstance(response.body, str) else ""
    return " ".join([response.raw_path or "", json.dumps(response.querystring or {}), body.replace("\\/", "/")])


def resources(response, service, text):
    """ARNs of what a request is about, as far as it names them; of ids also their tags."""
    account = response.current_account
    if service == "iam":
        name = response._get_param("RoleName") or response._get_param("InstanceProfileName") or response._get_param("PolicyArn")
        kind = "instance-profile" if response._get_param("InstanceProfileName") else "role"
        return [(name if str(name).startswith("arn:") else f"arn:aws:iam::{account}:{kind}/{name}", {})]
    parameter, before = PLACES.get(service, (None, None))
    named = parameter and response._get_param(parameter)
    if named:
        return [(f"arn:aws:{service}:{response.region}:{account}:{before}{named}", {})]
    found = []
    for name in sorted(set(NAMES.findall(text))):
        if re.match("arn:aws[a-z-]*:(iam|sts):", name):
            continue
        tags = ec2_backends[account][response.region].tags.get(name, {})
        place = "s3:::" if service == "s3" else f"{service}:{response.region}:{account}:"
        found.append((name if name.startswith("arn:") else f"arn:aws:{place}{name.lstrip('/')}", tags))
    return found or [("*", {})]


def conditions(response, tags):
    """The keys of conditions that the policies here use."""
    boundary = response._get_param("PermissionsBoundary") if hasattr(response, "_get_param") else None
    role = response._get_param("RoleName") if boundary is None else None
    if role:
        known = iam_backends[response.current_account]["aws"].roles.values()
        boundary = next((one.permissions_boundary_arn for one in known if one.name == role), None)
    return {"iam:PermissionsBoundary": boundary, "aws:ResourceTag/environment": tags.get("environment")}


CONDITIONS = {
    "StringEquals": lambda given, wanted: given in wanted,
    "StringNotEquals": lambda given, wanted: given not in wanted,
}


def listed(value):
    return value if isinstance(value, list) else [value]


def matches(patterns, text):
    return any(fnmatch.fnmatchcase(text.lower(), pattern.lower()) for pattern in listed(patterns))


def fits(statement, action, resource, keys):
    if "Action" in statement and not matches(statement["Action"], action):
        return False
    if "NotAction" in statement and matches(statement["NotAction"], action):
        return False
    if "Resource" in statement and not (resource == "*" and statement["Effect"] == "Allow") and not matches(statement["Resource"], resource):
        return False
    if "NotResource" in statement and matches(statement["NotResource"], resource):
        return False
    for operator, wanted in (statement.get("Condition") or {}).items():
        for key, values in wanted.items():
            # Which service a role is passed to stands in no request.
            if key != "iam:PassedToService" and not CONDITIONS[operator](keys[key], listed(values)):
                return False
    return True


def verdict(policies, action, resource, keys):
    """Whether policies allow it: one of their statements does, and none denies it."""
    effects = {statement["Effect"] for policy in policies for statement in listed(policy["Statement"]) if fits(statement, action, resource, keys)}
    return effects == {"Allow"}


def document_of(policy):
    return json.loads(next(version.document for version in policy.versions if version.is_default))


def policies_of(role, iam):
    inline = [json.loads(text) for text in role.policies.values()]
    attached = [document_of(policy) for policy in role.managed_policies.values()]
    boundary = iam.managed_policies.get(role.permissions_boundary_arn)
    return inline + attached, document_of(boundary) if boundary else None


def check(response):
    """What is refused of a request, as `action on resource`; nothing where it may go on."""
    signed = CREDENTIAL.search(response.headers.get("Authorization", ""))
    account, iam = response.current_account, iam_backends[response.current_account]["aws"]
    assumed = signed and sts_backends[account]["aws"].get_assumed_role_from_access_key(signed[1])
    if not assumed:
        return None
    role = next(one for one in iam.roles.values() if one.arn == assumed.role_arn)
    own, boundary = policies_of(role, iam)
    service, text = {"monitoring": "cloudwatch"}.get(signed[3], signed[3]), words(response)
    action = f"{service}:{response._get_action()}"
    asked = [(ACTION_THAT_ALLOWS.get(action, action), *one) for one in resources(response, service, text)]
    # Policies of keys and buckets, and access entries, name roles without giving them to anybody.
    if service not in ("iam", "kms", "s3") and "principalArn" not in text:
        asked += [("iam:PassRole", passed, {}) for passed in set(ROLES.findall(text))]
    for action, resource, tags in asked:
        keys = conditions(response, tags)
        if not verdict(own, action, resource, keys) or boundary and not verdict([boundary], action, resource, keys):
            return assumed.arn, f"{action} on {resource}"
    return None


@method_of(ActionAuthenticatorMixin)
def _authenticate_and_authorize_normal_action(self, resource="*"):
    refused = check(self)
    if refused:
        raise AccessDeniedError(user_arn=refused[0], action=refused[1])


@method_of(ActionAuthenticatorMixin)
def _authenticate_and_authorize_s3_action(self, bucket_name=None, key_name=None):
    if check(self):
        raise S3AccessDeniedError()
