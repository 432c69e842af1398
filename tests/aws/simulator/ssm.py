"""SSM: the public parameter of Ubuntu's newest image. moto knows those of Amazon's images alone, and one of them stands for it."""

import copy

from moto.ssm.models import ParameterDict

from extension import method_of

AMAZON = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
UBUNTU = "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id"
check_loading_status = ParameterDict._check_loading_status


@method_of(ParameterDict)
def _check_loading_status(self, key):
    check_loading_status(self, key)
    if key != UBUNTU or UBUNTU in self.keys():
        return
    image = copy.copy(self[AMAZON][-1])
    image.name = UBUNTU
    self[UBUNTU] = [image]
