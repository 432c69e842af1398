"""ElastiCache users and user groups, and users made by CloudFormation with a password that Secrets Manager holds."""

import re

from moto.core.common_models import CloudFormationModel
from moto.core.responses import ActionResult
from moto.elasticache.models import elasticache_backends
from moto.elasticache.responses import ElastiCacheResponse
from moto.secretsmanager.models import secretsmanager_backends

from extension import Records, method_of, refuse

groups = Records()


# moto's users never change; AWS takes a new access string or new passwords.
@method_of(ElastiCacheResponse)
def modify_user(self):
    user = self.elasticache_backend.describe_users(self._get_param("UserId"))[0]
    user.access_string = self._get_param("AccessString") or user.access_string
    user.passwords = (self._get_param("AuthenticationMode") or {}).get("Passwords") or user.passwords
    return ActionResult(user)


# A user group is what a replication group lets in. AWS wants a user named "default" among the users of Redis OSS.
@method_of(ElastiCacheResponse)
def create_user_group(self):
    name, users = self._get_param("UserGroupId"), self._get_param("UserIds") or []
    known = {user.id: user for user in self.elasticache_backend.describe_users(None)}
    for user in users:
        if user not in known:
            refuse("UserNotFound", f"User {user} not found.", 404)
    if not any(known[user].name == "default" for user in users) and self._get_param("Engine") == "redis":
        refuse("DefaultUserRequired", "User group must contain a user with the user name default.")
    group = {
        "UserGroupId": name,
        "Status": "active",
        "Engine": self._get_param("Engine"),
        "UserIds": users,
        "MinimumEngineVersion": "6.0",
        "ReplicationGroups": [],
        "ARN": f"arn:aws:elasticache:{self.region}:{self.current_account}:usergroup:{name}",
    }
    groups.of(self)[name] = group
    self.elasticache_backend.tagging_service.tag_resource(group["ARN"], self._get_param("Tags") or [])
    return ActionResult(group)


def find_group(response):
    name = response._get_param("UserGroupId")
    return groups.of(response).get(name) or refuse("UserGroupNotFound", f"User group {name} not found.", 404)


@method_of(ElastiCacheResponse)
def describe_user_groups(self):
    found = [find_group(self)] if self._get_param("UserGroupId") else list(groups.of(self).values())
    return ActionResult({"UserGroups": found})


@method_of(ElastiCacheResponse)
def modify_user_group(self):
    group = find_group(self)
    removed = self._get_param("UserIdsToRemove") or []
    group["UserIds"] = [user for user in group["UserIds"] if user not in removed] + (self._get_param("UserIdsToAdd") or [])
    return ActionResult(group)


@method_of(ElastiCacheResponse)
def delete_user_group(self):
    group = find_group(self)
    del groups.of(self)[group["UserGroupId"]]
    return ActionResult({**group, "Status": "deleting"})


reference = re.compile(r"\{\{resolve:secretsmanager:(arn:[^:]+:secretsmanager:[^:]+:\d+:secret:[^:]+|[^:]+)((?::[^:}]*)*)\}\}")


def resolved(text, account, region):
    """A dynamic reference, {{resolve:secretsmanager:SECRET:SecretString:KEY:STAGE:VERSION}}, as the value it stands for."""

    def look_up(match):
        secrets = secretsmanager_backends[account][region]
        version = (match[2].split(":") + [""] * 5)[4]
        return secrets.get_secret_value(match[1], version or None, None)["SecretString"]

    return reference.sub(look_up, text)


class CacheUser(CloudFormationModel):
    """AWS::ElastiCache::User; its reference is the user's id. CloudFormation resolves the password and keeps the reference."""

    __module__ = "moto.elasticache.models"  # moto files each of its classes under the service that its module names

    def __init__(self, user_id):
        self.physical_resource_id = user_id

    @staticmethod
    def cloudformation_name_type():
        return "UserId"

    @staticmethod
    def cloudformation_type():
        return "AWS::ElastiCache::User"

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr in ("Arn", "Status")

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        given = cloudformation_json["Properties"]
        mode = given["AuthenticationMode"]
        passwords = [resolved(password, account_id, region_name) for password in mode.get("Passwords", [])]
        if any(len(password) < 16 for password in passwords):
            refuse("InvalidParameterValue", "Passwords length must be between 16-128 characters.")
        elasticache_backends[account_id][region_name].create_user(
            given["UserId"], given["UserName"], given["Engine"], passwords, given["AccessString"], False, mode["Type"]
        )
        return cls(given["UserId"])

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        given = cloudformation_json["Properties"]
        user = elasticache_backends[account_id][region_name].users[given["UserId"]]
        user.access_string = given["AccessString"]
        user.passwords = [resolved(text, account_id, region_name) for text in given["AuthenticationMode"].get("Passwords", [])]
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        elasticache_backends[account_id][region_name].users.pop(resource_name, None)
