"""KMS: how often a key turns; moto knows only whether it does."""

import json

from moto.kms.responses import KmsResponse

from extension import Records, method_of

original_enable = KmsResponse.enable_key_rotation
original_status = KmsResponse.get_key_rotation_status
periods = Records()


# Without a period AWS takes 365 days.
@method_of(KmsResponse)
def enable_key_rotation(self):
    answer = original_enable(self)
    periods.of(self)[self._get_param("KeyId").split("/")[-1]] = self._get_param("RotationPeriodInDays") or 365
    return answer


@method_of(KmsResponse)
def get_key_rotation_status(self):
    status = json.loads(original_status(self))
    period = periods.of(self).get(self._get_param("KeyId").split("/")[-1])
    return json.dumps({**status, "RotationPeriodInDays": period} if status["KeyRotationEnabled"] and period else status)
