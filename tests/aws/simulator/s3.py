"""S3: a policy's conditions on TLS, access logs that the policy lets in, settings of a replication, events, versions."""

import json
from fnmatch import fnmatchcase

from moto.core.responses import ActionResult
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.exceptions import AccessDeniedByLock
from moto.s3.models import FakeBucket, FakeKey, S3Backend
from moto.s3.responses import S3Response

from extension import method_of

delete_object_of_moto = S3Backend.delete_object
notification_of_moto = S3Response.get_bucket_notification
replication_of_nothing = S3Response.get_bucket_replication
rule_fields = ("ID", "Priority", "Status", "DeleteMarkerReplication", "SourceSelectionCriteria", "Destination")


# What a request to the simulator, which speaks HTTP on this machine, would be in AWS: made over TLS 1.3.
transport = {"aws:SecureTransport": "true", "s3:TlsVersion": "1.3"}


# moto takes a statement for one without a condition, so that a bucket that refuses plain HTTP would refuse everything.
@method_of(FakeBucket)
def get_permission(self, action, resource):
    if self.policy is None:
        return PermissionResult.NEUTRAL
    policy = json.loads(self.policy)
    statements = [statement for statement in policy["Statement"] if is_met(statement.get("Condition", {}))]
    if not statements:
        return PermissionResult.NEUTRAL
    return IAMPolicy(json.dumps({**policy, "Statement": statements})).is_action_permitted(action, resource)


def is_met(condition):
    operators = {"Bool": lambda told, wanted: told == wanted, "NumericLessThan": lambda told, wanted: float(told) < float(wanted)}
    questions = [(operators[name], key, value) for name, keys in condition.items() if name in operators for key, value in keys.items()]
    return all(holds(transport[key], str(value)) for holds, key, value in questions if key in transport)


# AWS reads the policy as any other: principals and resources may be lists and patterns, and other statements may be for
# everybody. moto stumbles over "Principal": "*" and knows three spellings of the resource only.
@method_of(FakeBucket)
def _log_permissions_enabled_policy(self, target_bucket, target_prefix):
    statements = json.loads(target_bucket.policy)["Statement"] if target_bucket.policy else []
    wanted = f"arn:{target_bucket.partition}:s3:::{target_bucket.name}/{target_prefix or ''}2026-01-01-00-00-00-0123456789ABCDEF"
    return any(lets_logs_in(statement, wanted) for statement in statements)


def lets_logs_in(statement, wanted):
    principal = statement.get("Principal")
    services = as_list(principal.get("Service")) if isinstance(principal, dict) else []
    return (
        statement["Effect"] == "Allow"
        and "logging.s3.amazonaws.com" in services
        and any(fnmatchcase("s3:PutObject", action) for action in as_list(statement.get("Action")))
        and any(fnmatchcase(wanted, resource) for resource in as_list(statement.get("Resource")))
    )


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


# moto keeps a whole rule and reports half of it.
@method_of(S3Response)
def get_bucket_replication(self):
    self.data["Action"] = "GetBucketReplication"
    kept = self.backend.get_bucket_replication(self.bucket_name)
    if not kept:
        return replication_of_nothing(self)
    rules = [{"Filter": {"Prefix": ""}, **{field: rule[field] for field in rule_fields if field in rule}} for rule in kept["Rule"]]
    return self.serialized(ActionResult({"ReplicationConfiguration": {"Role": kept["Role"], "Rules": rules}}))


# moto keeps that a bucket tells EventBridge, and does not report it.
@method_of(S3Response)
def get_bucket_notification(self):
    kept = self.backend.get_bucket_notification_configuration(self.bucket_name)
    if not kept or kept.event_bridge is None:
        return notification_of_moto(self)
    self.data["Action"] = "GetBucketNotificationConfiguration"
    return self.serialized(ActionResult({"EventBridgeConfiguration": {}}))


# A bucket whose versioning was suspended keeps its versions, and each is deleted by its own id: so Terraform empties a
# bucket. moto takes all versions of the key away, and fails where one of them is a delete marker.
@method_of(S3Backend)
def delete_object(self, bucket_name, key_name, version_id=None, bypass=False):
    bucket = self.get_bucket(bucket_name)
    versions = bucket.keys.getlist(key_name, [])
    if version_id is None or bucket.versioning_status != "Suspended" or not versions:
        return delete_object_of_moto(self, bucket_name, key_name, version_id, bypass)
    asked = [version for version in versions if str(version.version_id) == str(version_id)]
    if any(isinstance(version, FakeKey) and version.is_locked(governance_bypass=bypass) for version in asked):
        raise AccessDeniedByLock
    bucket.keys.setlist(key_name, [version for version in versions if version not in asked])
    if len(asked) == len(versions):
        bucket.keys.pop(key_name)
    return True, {"version-id": version_id}
