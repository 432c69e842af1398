"""CloudFormation: a request that comes again is known by its token, and a stack that could not be made is not kept."""

from threading import Lock

from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult

from extension import Records, method_of

made = Records()
one_at_a_time = Lock()
original_create = CloudFormationResponse.create_stack


# A client that got no answer asks again with the same token, and AWS then gives the same stack. moto keeps a stack whose resources
# failed and refuses the second attempt.
@method_of(CloudFormationResponse)
def create_stack(self):
    token = self._get_param("ClientRequestToken")
    stacks = self.cloudformation_backend.stacks
    with one_at_a_time:
        known = made.of(self).get(token)
        if known is not None and known in stacks:
            return ActionResult({"StackId": known})
        before = set(stacks)
        try:
            created = original_create(self)
        except Exception:
            for stack in set(stacks) - before:
                del stacks[stack]
            raise
        if token is not None:
            made.of(self)[token] = created.result["StackId"]
        return created
