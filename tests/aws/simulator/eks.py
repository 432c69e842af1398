"""EKS: versions, add-ons, access entries with their policies, pod identity associations, and what a cluster reports of itself."""

import itertools
import time

from moto.core.responses import ActionResult, EmptyResult
from moto.eks import urls
from moto.eks.responses import EKSResponse

from extension import Records, given_body, method_of, path_after, refuse

addons, entries, policies, associations = Records(), Records(), Records(), Records()
numbers = itertools.count(1)
# Namespaces of add-ons; of the others it is kube-system.
addon_namespaces = {"amazon-cloudwatch-observability": "amazon-cloudwatch"}
original_create_cluster = EKSResponse.create_cluster

for path in (
    "updates",
    "updates/(?P<updateId>[^/]+)",
    "addons",
    "addons/(?P<addonName>[^/]+)",
    "addons/(?P<addonName>[^/]+)/update",
    "access-entries",
    "access-entries/(?P<principalArn>.+)",
    "pod-identity-associations",
    "pod-identity-associations/(?P<associationId>[^/]+)",
):
    urls.url_paths["{0}/clusters/(?P<name>[^/]+)/" + path + "$"] = urls.response.dispatch


def where(response):
    """Cluster, kind and the rest of a path such as /clusters/NAME/addons/NAME."""
    return path_after(response, "/clusters/")


def arn(response, kind, *parts):
    return f"arn:aws:eks:{response.region}:{response.current_account}:{kind}/" + "/".join(parts)


def times():
    return {"createdAt": time.time(), "modifiedAt": time.time()}


def missing(what):
    return refuse("ResourceNotFoundException", f"No {what} found.", 404)


# AWS reports how principals get in and how long a version is supported; these are the defaults of a new cluster.
@method_of(EKSResponse)
def create_cluster(self):
    answer, given = original_create_cluster(self), given_body(self)
    cluster, access = answer.result["cluster"], given.get("accessConfig") or {}
    cluster.access_config = {
        "authenticationMode": access.get("authenticationMode", "CONFIG_MAP"),
        "bootstrapClusterCreatorAdminPermissions": access.get("bootstrapClusterCreatorAdminPermissions", True),
    }
    cluster.upgrade_policy = given.get("upgradePolicy") or {"supportType": "EXTENDED"}
    # Auto Mode, which moto does not know: what was asked for is what is there.
    cluster.compute_config = given.get("computeConfig") or {"enabled": False}
    cluster.storage_config = given.get("storageConfig") or {"blockStorage": {"enabled": False}}
    network = {"ipFamily": "ipv4", "serviceIpv4Cidr": "172.20.0.0/16", **(given.get("kubernetesNetworkConfig") or {})}
    cluster.kubernetes_network_config = network
    return answer


# EKS raises a version by one minor at a time, and never lowers it.
@method_of(EKSResponse)
def update_cluster_version(self):
    cluster, after = self.eks_backend.clusters[where(self)[0]], given_body(self)["version"]
    if int(after.split(".")[1]) != int(cluster.version.split(".")[1]) + 1:
        refuse("InvalidParameterException", f"Unsupported Kubernetes minor version update from {cluster.version} to {after}")
    cluster.version = after
    return describe_update(self)


@method_of(EKSResponse)
def describe_update(self):
    return ActionResult({"update": {"id": "update", "status": "Successful", "type": "VersionUpdate"}})


@method_of(EKSResponse)
def create_addon(self):
    cluster, given = where(self)[0], given_body(self)
    name = given["addonName"]
    addon = {
        "addonName": name,
        "addonVersion": given.get("addonVersion") or "v1.0.0-eksbuild.1",
        "clusterName": cluster,
        "status": "ACTIVE",
        "health": {"issues": []},
        "addonArn": arn(self, "addon", cluster, name, "1"),
        **times(),
        "serviceAccountRoleArn": given.get("serviceAccountRoleArn"),
        "configurationValues": given.get("configurationValues"),
        "tags": given.get("tags") or {},
    }
    addon["podIdentityAssociations"] = [
        associate(self, cluster, addon_namespaces.get(name, "kube-system"), association, addon["addonArn"])["associationArn"]
        for association in given.get("podIdentityAssociations") or []
    ]
    addons.of(self)[cluster, name] = addon
    return ActionResult({"addon": addon})


@method_of(EKSResponse)
def describe_addon(self):
    cluster, _, name = where(self)[:3]
    return ActionResult({"addon": addons.of(self).get((cluster, name)) or missing(f"addon: {name}")})


@method_of(EKSResponse)
def list_addons(self):
    return ActionResult({"addons": [name for cluster, name in addons.of(self) if cluster == where(self)[0]]})


@method_of(EKSResponse)
def delete_addon(self):
    cluster, _, name = where(self)[:3]
    addon = addons.of(self).pop((cluster, name), None) or missing(f"addon: {name}")
    for owned in addon["podIdentityAssociations"]:
        associations.of(self).pop(owned.split("/")[-1])
    return ActionResult({"addon": addon})


@method_of(EKSResponse)
def create_access_entry(self):
    cluster, given = where(self)[0], given_body(self)
    principal = given["principalArn"]
    entry = {
        "clusterName": cluster,
        "principalArn": principal,
        "kubernetesGroups": given.get("kubernetesGroups") or [],
        "accessEntryArn": arn(self, "access-entry", cluster, "role", principal.split("/")[-1], "1"),
        **times(),
        "tags": given.get("tags") or {},
        "username": given.get("username") or principal,
        "type": given.get("type") or "STANDARD",
    }
    entries.of(self)[cluster, principal] = entry
    return ActionResult({"accessEntry": entry})


def principal_of(response):
    """A principal's ARN has slashes of its own and stands between the kind and /access-policies."""
    return "/".join(where(response)[2:]).split("/access-policies")[0]


@method_of(EKSResponse)
def describe_access_entry(self):
    key = where(self)[0], principal_of(self)
    return ActionResult({"accessEntry": entries.of(self).get(key) or missing(f"access entry: {key[1]}")})


@method_of(EKSResponse)
def list_access_entries(self):
    return ActionResult({"accessEntries": [principal for cluster, principal in entries.of(self) if cluster == where(self)[0]]})


@method_of(EKSResponse)
def delete_access_entry(self):
    entries.of(self).pop((where(self)[0], principal_of(self)), None)
    return EmptyResult()


@method_of(EKSResponse)
def associate_access_policy(self):
    cluster, principal, given = where(self)[0], principal_of(self), given_body(self)
    policy = {
        "policyArn": given["policyArn"],
        "accessScope": given["accessScope"],
        "associatedAt": time.time(),
        "modifiedAt": time.time(),
    }
    policies.of(self).setdefault((cluster, principal), {})[given["policyArn"]] = policy
    return ActionResult({"clusterName": cluster, "principalArn": principal, "associatedAccessPolicy": policy})


@method_of(EKSResponse)
def list_associated_access_policies(self):
    cluster, principal = where(self)[0], principal_of(self)
    found = list(policies.of(self).get((cluster, principal), {}).values())
    return ActionResult({"clusterName": cluster, "principalArn": principal, "associatedAccessPolicies": found})


@method_of(EKSResponse)
def disassociate_access_policy(self):
    policy = "/".join(where(self)).split("/access-policies/")[1]
    policies.of(self).get((where(self)[0], principal_of(self)), {}).pop(policy, None)
    return EmptyResult()


def associate(response, cluster, namespace, given, owner=None):
    """An association that a person makes, or that belongs to an add-on, whose namespace it then has."""
    number = f"a-{next(numbers):017x}"
    association = {
        "clusterName": cluster,
        "namespace": namespace,
        "serviceAccount": given["serviceAccount"],
        "roleArn": given["roleArn"],
        "associationArn": arn(response, "podidentityassociation", cluster, number),
        "associationId": number,
        "tags": given.get("tags") or {},
        "ownerArn": owner,
        **times(),
    }
    associations.of(response)[number] = association
    return association


@method_of(EKSResponse)
def create_pod_identity_association(self):
    given = given_body(self)
    return ActionResult({"association": associate(self, where(self)[0], given["namespace"], given)})


@method_of(EKSResponse)
def describe_pod_identity_association(self):
    number = where(self)[2]
    return ActionResult({"association": associations.of(self).get(number) or missing(f"association: {number}")})


@method_of(EKSResponse)
def list_pod_identity_associations(self):
    return ActionResult({"associations": [a for a in associations.of(self).values() if a["clusterName"] == where(self)[0]]})


@method_of(EKSResponse)
def delete_pod_identity_association(self):
    number = where(self)[2]
    return ActionResult({"association": associations.of(self).pop(number, None) or missing(f"association: {number}")})
