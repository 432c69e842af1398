"""IAM: what it refuses of a policy and moto takes: a pattern as the service of an ARN, and more text than it keeps."""

from moto.iam.models import IAMBackend
from moto.iam.policy_validation import BaseIAMPolicyValidator

from extension import method_of, refuse

# Characters of a managed policy, white space aside.
LONGEST = 6144

original_format = BaseIAMPolicyValidator._validate_resource_format
original_create = IAMBackend.create_policy


@method_of(BaseIAMPolicyValidator)
def _validate_resource_format(self, resource):
    original_format(self, resource)
    service = f"{resource}::".split(":")[2]
    if self._resource_error == "" and ("*" in service or "?" in service):
        self._resource_error = "Resource vendor must be fully qualified and cannot contain regexes."


@method_of(IAMBackend)
def create_policy(self, description, path, policy_document, *more):
    if len("".join(policy_document.split())) > LONGEST:
        refuse("LimitExceeded", f"Cannot exceed quota for PolicySize: {LONGEST}", 409)
    return original_create(self, description, path, policy_document, *more)
