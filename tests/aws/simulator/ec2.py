"""EC2: detailed monitoring, security groups as they are under many requests at a time, and a launch template's own tags."""

import threading

from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidSecurityGroupRuleIdNotFoundError
from moto.ec2.models.launch_templates import LaunchTemplate
from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.responses.monitoring import Monitoring

from extension import method_of

original_create_version = LaunchTemplate.create_version
changing_rules = threading.RLock()

# A rule's description stands beside whatever it lets in: networks, or a group. moto reads that of networks alone.
SecurityGroupRule.description = property(lambda rule: (rule.source_group or rule.ip_range).get("Description"))


# Tags of the request are the template's; those in its data go to what is started from it. moto mixes the two.
@method_of(LaunchTemplate)
def create_version(self, data, description):
    specifications = [tags for tags in data.get("TagSpecifications", []) if tags["ResourceType"] != "launch-template"]
    return original_create_version(self, {**data, "TagSpecifications": specifications}, description)


# moto refuses to change the monitoring of an instance that there is.
@method_of(Monitoring)
def monitor_instances(self):
    return set_monitoring(self, "enabled")


@method_of(Monitoring)
def unmonitor_instances(self):
    return set_monitoring(self, "disabled")


def set_monitoring(response, state):
    instances = response.ec2_backend.get_multi_instances_by_id(response._get_param("InstanceIds", []))
    for instance in instances:
        instance.monitoring_state = state
    return ActionResult({"InstanceMonitorings": [{"InstanceId": one.id, "Monitoring": one.monitoring} for one in instances]})


def rule_change(name):
    """Lets one request at a time change rules: moto replaces the list of a group's rules, and forgets what another puts in meanwhile."""
    original = getattr(SecurityGroupBackend, name)

    def change(backend, *args, **kwargs):
        with changing_rules:
            refuse_unknown_rules(backend, kwargs)
            return original(backend, *args, **kwargs)

    setattr(SecurityGroupBackend, name, change)


# A rule that is named by its ID and is not there has an error of its own, which a retried request meets: Terraform
# takes the rule as gone.
def refuse_unknown_rules(backend, request):
    named = request.get("security_rule_ids") or []
    group = backend.get_security_group_by_name_or_id(request["group_name_or_id"]) if named else None
    known = {rule.id for rule in [*group.ingress_rules, *group.egress_rules]} if group else named
    for rule_id in named:
        if rule_id not in known:
            raise InvalidSecurityGroupRuleIdNotFoundError(rule_id)


for direction in ("ingress", "egress"):
    rule_change(f"authorize_security_group_{direction}")
    rule_change(f"revoke_security_group_{direction}")
