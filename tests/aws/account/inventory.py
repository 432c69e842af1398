"""Prints what an AWS account has, as its API reports it, never as Terraform's state does.

Usage: inventory.py REGION...    One JSON object: region -> kind -> list of records. AWS_ENDPOINT_URL says where the API is.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

# kind: client, operation, key of the list in the answer, arguments
LISTS = {
    "vpcs": ("ec2", "describe_vpcs", "Vpcs", {}),
    "subnets": ("ec2", "describe_subnets", "Subnets", {}),
    "route-tables": ("ec2", "describe_route_tables", "RouteTables", {}),
    "internet-gateways": ("ec2", "describe_internet_gateways", "InternetGateways", {}),
    "nat-gateways": ("ec2", "describe_nat_gateways", "NatGateways", {}),
    "addresses": ("ec2", "describe_addresses", "Addresses", {}),
    "endpoints": ("ec2", "describe_vpc_endpoints", "VpcEndpoints", {}),
    "flow-logs": ("ec2", "describe_flow_logs", "FlowLogs", {}),
    "security-groups": ("ec2", "describe_security_groups", "SecurityGroups", {}),
    "launch-templates": ("ec2", "describe_launch_templates", "LaunchTemplates", {}),
    "databases": ("rds", "describe_db_instances", "DBInstances", {}),
    "database-subnet-groups": ("rds", "describe_db_subnet_groups", "DBSubnetGroups", {}),
    "database-parameter-groups": ("rds", "describe_db_parameter_groups", "DBParameterGroups", {}),
    "replicated-backups": ("rds", "describe_db_instance_automated_backups", "DBInstanceAutomatedBackups", {}),
    "database-snapshots": ("rds", "describe_db_snapshots", "DBSnapshots", {}),
    "caches": ("elasticache", "describe_replication_groups", "ReplicationGroups", {}),
    "cache-members": ("elasticache", "describe_cache_clusters", "CacheClusters", {}),
    "cache-users": ("elasticache", "describe_users", "Users", {}),
    "cache-user-groups": ("elasticache", "describe_user_groups", "UserGroups", {}),
    "cache-subnet-groups": ("elasticache", "describe_cache_subnet_groups", "CacheSubnetGroups", {}),
    "cache-parameter-groups": ("elasticache", "describe_cache_parameter_groups", "CacheParameterGroups", {}),
    "keys": ("kms", "list_keys", "Keys", {}),
    "key-aliases": ("kms", "list_aliases", "Aliases", {}),
    "clusters": ("ecs", "list_clusters", "clusterArns", {}),
    "task-definitions": ("ecs", "list_task_definitions", "taskDefinitionArns", {"status": "ACTIVE"}),
    "eks-clusters": ("eks", "list_clusters", "clusters", {}),
    "load-balancers": ("elbv2", "describe_load_balancers", "LoadBalancers", {}),
    "target-groups": ("elbv2", "describe_target_groups", "TargetGroups", {}),
    "certificates": ("acm", "list_certificates", "CertificateSummaryList", {}),
    "web-acls": ("wafv2", "list_web_acls", "WebACLs", {"Scope": "REGIONAL"}),
    "stacks": ("cloudformation", "describe_stacks", "Stacks", {}),
    "log-groups": ("logs", "describe_log_groups", "logGroups", {}),
    "metric-filters": ("logs", "describe_metric_filters", "metricFilters", {}),
    "alarms": ("cloudwatch", "describe_alarms", "MetricAlarms", {}),
    "dashboards": ("cloudwatch", "list_dashboards", "DashboardEntries", {}),
    "topics": ("sns", "list_topics", "Topics", {}),
    "secrets": ("secretsmanager", "list_secrets", "SecretList", {}),
    # Without the public ones of AWS.
    "parameters": ("ssm", "describe_parameters", "Parameters", {"ParameterFilters": [{"Key": "Path", "Option": "Recursive", "Values": ["/day-trade"]}]}),
    "backup-vaults": ("backup", "list_backup_vaults", "BackupVaultList", {}),
    "backup-plans": ("backup", "list_backup_plans", "BackupPlansList", {}),
    "restore-testing-plans": ("backup", "list_restore_testing_plans", "RestoreTestingPlans", {}),
    "scalable-targets": ("application-autoscaling", "describe_scalable_targets", "ScalableTargets", {"ServiceNamespace": "ecs"}),
    "scaling-policies": ("application-autoscaling", "describe_scaling_policies", "ScalingPolicies", {"ServiceNamespace": "ecs"}),
    "namespaces": ("servicediscovery", "list_namespaces", "Namespaces", {}),
    "repositories": ("ecr", "describe_repositories", "repositories", {}),
    "rules": ("events", "list_rules", "Rules", {}),
}
# Of the whole account: listed with the first region.
GLOBAL_LISTS = {
    "roles": ("iam", "list_roles", "Roles", {}),
    "policies": ("iam", "list_policies", "Policies", {"Scope": "Local"}),
    "instance-profiles": ("iam", "list_instance_profiles", "InstanceProfiles", {}),
    "identity-providers": ("iam", "list_open_id_connect_providers", "OpenIDConnectProviderList", {}),
    "buckets": ("s3", "list_buckets", "Buckets", {}),
}


class Region:
    def __init__(self, name):
        self.name = name
        self.clients = {}

    def client(self, service):
        if service not in self.clients:
            style = Config(s3={"addressing_style": "path"}, max_pool_connections=4)
            self.clients[service] = boto3.client(service, region_name=self.name, config=style)
        return self.clients[service]

    def list(self, service, operation, key, arguments):
        client = self.client(service)
        if client.can_paginate(operation):
            pages = client.get_paginator(operation).paginate(**arguments)
            return [record for page in pages for record in page.get(key, [])]
        return getattr(client, operation)(**arguments).get(key, [])

    def ask(self, service, operation, **arguments):
        """One answer without its envelope, or None where the thing has no such setting."""
        try:
            answer = getattr(self.client(service), operation)(**arguments)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404 or error.response["Error"]["Code"].startswith("NoSuch"):
                return None
            raise
        answer.pop("ResponseMetadata", None)
        return answer


# What a list does not tell: kind -> (region, record) -> record
def key(region, record):
    told = region.ask("kms", "describe_key", KeyId=record["KeyId"])["KeyMetadata"]
    usable = told["KeyState"] == "Enabled" and told["KeyManager"] == "CUSTOMER"
    return {**told, **(region.ask("kms", "get_key_rotation_status", KeyId=record["KeyId"]) if usable else {})}


def cluster(region, arn):
    told = region.ask("ecs", "describe_clusters", clusters=[arn], include=["SETTINGS", "CONFIGURATIONS"])["clusters"][0]
    services = region.list("ecs", "list_services", "serviceArns", {"cluster": arn})
    parts = [services[start : start + 10] for start in range(0, len(services), 10)]
    told["services"] = [s for part in parts for s in region.ask("ecs", "describe_services", cluster=arn, services=part)["services"]]
    return told


def task_definition(region, arn):
    return region.ask("ecs", "describe_task_definition", taskDefinition=arn)["taskDefinition"]


def eks_cluster(region, name):
    told = region.ask("eks", "describe_cluster", name=name)["cluster"]
    told.pop("certificateAuthority", None)
    return told


def topic(region, record):
    told = region.ask("sns", "get_topic_attributes", TopicArn=record["TopicArn"])["Attributes"]
    return {**record, **told}


def role(region, record):
    name = record["RoleName"]
    record["PermissionsBoundary"] = region.ask("iam", "get_role", RoleName=name)["Role"].get("PermissionsBoundary")
    inline = region.list("iam", "list_role_policies", "PolicyNames", {"RoleName": name})
    record["InlinePolicies"] = [region.ask("iam", "get_role_policy", RoleName=name, PolicyName=policy) for policy in inline]
    record["AttachedPolicies"] = region.list("iam", "list_attached_role_policies", "AttachedPolicies", {"RoleName": name})
    return record


def bucket(region, record):
    name = record["Name"]
    policy_text = region.ask("s3", "get_bucket_policy", Bucket=name)
    return {
        **record,
        "Encryption": region.ask("s3", "get_bucket_encryption", Bucket=name),
        "Policy": json.loads(policy_text["Policy"]) if policy_text else None,
    }


DETAILS = {
    "keys": key,
    "clusters": cluster,
    "task-definitions": task_definition,
    "eks-clusters": eks_cluster,
    "topics": topic,
    "roles": role,
    "buckets": bucket,
}


def describe(region, kind, question):
    detail = DETAILS.get(kind)
    records = region.list(*question)
    return [detail(region, record) for record in records] if detail else records


def inventory(names):
    regions = {name: Region(name) for name in names}
    kinds = [(name, kind, question) for name in names for kind, question in LISTS.items()]
    kinds += [(names[0], kind, question) for kind, question in GLOBAL_LISTS.items()]
    for name, _, question in kinds:
        regions[name].client(question[0])  # boto3 makes clients in one thread only
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda item: describe(regions[item[0]], item[1], item[2]), kinds))
    told = {name: {} for name in names}
    for (name, kind, _), records in zip(kinds, answers):
        told[name][kind] = records
    return told


json.dump(inventory(sys.argv[1:]), sys.stdout, default=str)
