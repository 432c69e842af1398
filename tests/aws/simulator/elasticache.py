"""ElastiCache: replication groups with members, parameter groups, deletions that end."""

import inspect
import re

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.models import CacheCluster, ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from extension import Records, method_of, refuse

original_init = ElastiCacheBackend.__init__
original_create = ElastiCacheBackend.create_replication_group
original_delete = ElastiCacheBackend.delete_replication_group
member_fields = [name for name in inspect.signature(CacheCluster.__init__).parameters if name != "self"]
parameter_groups = Records()


# AWS keeps tags of parameter groups too; moto refuses their ARN because its pattern does not name them.
@method_of(ElastiCacheBackend)
def __init__(self, *args, **kwargs):
    original_init(self, *args, **kwargs)
    kinds = "cluster|parametergroup|replicationgroup|snapshot|subnetgroup|user|usergroup"
    self.arn_regex = re.compile(rf"^arn:aws:elasticache:.*:[0-9]*:({kinds}):.*$")


# AWS makes a cache cluster for each member, and the provider reads engine version, node type and parameter group from
# these.
@method_of(ElastiCacheBackend)
def create_replication_group(self, *args, **kwargs):
    group = original_create(self, *args, **kwargs)
    count = max(int(kwargs.get("num_cache_clusters") or 1), len(group.member_clusters))
    group.member_clusters = [f"{group.replication_group_id}-{number:03d}" for number in range(1, count + 1)]
    for name in group.member_clusters:
        self.cache_clusters[name] = make_member(self, group, name, kwargs)
    return group


def make_member(backend, group, name, given):
    fields = dict.fromkeys(member_fields)
    fields.update({field: value for field, value in given.items() if field in fields})
    fields.update(
        account_id=backend.account_id,
        region_name=backend.region_name,
        cache_cluster_id=name,
        engine="redis",  # moto fills only half of the fields for another engine; the real one is set below
        engine_version=three_parts(given.get("engine_version")),
        log_delivery_configurations=[],
        num_cache_nodes=1,
        replication_group_id=group.replication_group_id,
    )
    member = CacheCluster(**fields)
    member.engine = given.get("engine") or "redis"
    member.at_rest_encryption_enabled = bool(given.get("at_rest_encryption_enabled"))
    member.cache_parameter_group = {
        "CacheParameterGroupName": given.get("cache_parameter_group_name"),
        "ParameterApplyStatus": "in-sync",
    }
    # AWS reports these settings of the group by its members.
    member.security_groups = [{"SecurityGroupId": group, "Status": "active"} for group in given.get("security_group_ids") or []]
    member.transit_encryption_mode = given.get("transit_encryption_mode")
    return member


def three_parts(version):
    """AWS reports a version with its patch: 7.1.0 for 7.1, 8.0.0 for 8."""
    return ".".join([*(version or "7.1.0").split("."), "0", "0"][:3])


# In AWS a group and its members are gone after the deletion; moto keeps it as "deleting" for ever.
@method_of(ElastiCacheBackend)
def delete_replication_group(self, *args, **kwargs):
    group = original_delete(self, *args, **kwargs)
    del self.replication_groups[group.replication_group_id]
    members = [n for n, c in self.cache_clusters.items() if getattr(c, "replication_group_id", None) == group.replication_group_id]
    for name in members:
        del self.cache_clusters[name]
    return group


# moto has no parameter groups. AWS lists the ones of a name, and refuses an unknown one.
@method_of(ElastiCacheResponse)
def create_cache_parameter_group(self):
    name = self._get_param("CacheParameterGroupName")
    group = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": self._get_param("CacheParameterGroupFamily"),
        "Description": self._get_param("Description"),
        "IsGlobal": False,
        "ARN": f"arn:aws:elasticache:{self.region}:{self.current_account}:parametergroup:{name}",
    }
    parameter_groups.of(self)[name] = {"group": group, "parameters": {}}
    self.elasticache_backend.tagging_service.tag_resource(group["ARN"], self._get_param("Tags") or [])
    return ActionResult({"CacheParameterGroup": group})


def find_parameter_group(response):
    name = response._get_param("CacheParameterGroupName")
    return parameter_groups.of(response).get(name) or refuse("CacheParameterGroupNotFound", f"CacheParameterGroup {name} not found.", 404)


@method_of(ElastiCacheResponse)
def describe_cache_parameter_groups(self):
    if self._get_param("CacheParameterGroupName"):
        return ActionResult({"CacheParameterGroups": [find_parameter_group(self)["group"]]})
    return ActionResult({"CacheParameterGroups": [record["group"] for record in parameter_groups.of(self).values()]})


@method_of(ElastiCacheResponse)
def describe_cache_parameters(self):
    parameters = find_parameter_group(self)["parameters"]
    return ActionResult({"Parameters": [{"ParameterName": k, "ParameterValue": v, "Source": "user"} for k, v in parameters.items()]})


@method_of(ElastiCacheResponse)
def modify_cache_parameter_group(self):
    parameters = find_parameter_group(self)["parameters"]
    for pair in self._get_param("ParameterNameValues") or []:
        parameters[pair["ParameterName"]] = pair["ParameterValue"]
    return ActionResult({"CacheParameterGroupName": self._get_param("CacheParameterGroupName")})


@method_of(ElastiCacheResponse)
def reset_cache_parameter_group(self):
    parameters = find_parameter_group(self)["parameters"]
    for pair in self._get_param("ParameterNameValues") or []:
        parameters.pop(pair["ParameterName"], None)
    return ActionResult({"CacheParameterGroupName": self._get_param("CacheParameterGroupName")})


@method_of(ElastiCacheResponse)
def delete_cache_parameter_group(self):
    parameter_groups.of(self).pop(self._get_param("CacheParameterGroupName"), None)
    return EmptyResult()


# moto can make subnet groups but not delete them.
@method_of(ElastiCacheResponse)
def delete_cache_subnet_group(self):
    self.elasticache_backend.cache_subnet_groups.pop(self._get_param("CacheSubnetGroupName"), None)
    return EmptyResult()
