"""EKS: a cluster comes with a security group in its VPC, which goes with it; moto has none."""

from moto.ec2.models import ec2_backends
from moto.eks.responses import EKSResponse

from extension import method_of

create_without_group = EKSResponse.create_cluster
delete_without_group = EKSResponse.delete_cluster


# AWS puts the control plane and the managed nodes into a group that lets its own members in and everything out.
@method_of(EKSResponse)
def create_cluster(self):
    answer = create_without_group(self)
    cluster = answer.result["cluster"]
    ec2 = ec2_backends[self.current_account][self.region]
    vpc = ec2.get_subnet(cluster.resources_vpc_config["subnetIds"][0]).vpc_id
    name = f"eks-cluster-sg-{cluster.name}-{abs(hash(cluster.arn)) % 10**9}"
    description = "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads."
    group = ec2.create_security_group(name, description, vpc_id=vpc)
    ec2.authorize_security_group_ingress(group.id, "-1", None, None, [], source_groups=[{"GroupId": group.id}])
    cluster.resources_vpc_config.update(clusterSecurityGroupId=group.id, vpcId=vpc)
    return answer


@method_of(EKSResponse)
def delete_cluster(self):
    answer = delete_without_group(self)
    group = answer.result["cluster"].resources_vpc_config["clusterSecurityGroupId"]
    ec2 = ec2_backends[self.current_account][self.region]
    ec2.revoke_security_group_ingress(group, "-1", None, None, [], source_groups=[{"GroupId": group}])
    ec2.delete_security_group(group_id=group)
    return answer
