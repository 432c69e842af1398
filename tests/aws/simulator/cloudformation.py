"""CloudFormation: a stack that could not be made is not kept."""

from threading import Lock

from moto.cloudformation.responses import CloudFormationResponse

from extension import method_of

one_at_a_time = Lock()
original_create = CloudFormationResponse.create_stack


# A client whose attempt failed within the service asks again. moto keeps a stack whose resources failed and refuses the
# second attempt.
@method_of(CloudFormationResponse)
def create_stack(self):
    stacks = self.cloudformation_backend.stacks
    with one_at_a_time:
        before = set(stacks)
        try:
            return original_create(self)
        except Exception:
            for stack in set(stacks) - before:
                del stacks[stack]
            raise
