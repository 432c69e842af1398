"""Application Auto Scaling: scalable targets have tags, which the provider reads after each change."""

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from extension import Records, method_of

tags = Records()
original_register = ApplicationAutoScalingResponse.register_scalable_target


@method_of(ApplicationAutoScalingResponse)
def register_scalable_target(self):
    answer = original_register(self)
    if self._get_param("Tags"):
        tags.of(self)[json.loads(answer)["ScalableTargetARN"]] = self._get_param("Tags")
    return answer


@method_of(ApplicationAutoScalingResponse)
def list_tags_for_resource(self):
    return json.dumps({"Tags": tags.of(self).get(self._get_param("ResourceARN"), {})})


@method_of(ApplicationAutoScalingResponse)
def tag_resource(self):
    tags.of(self).setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags") or {})
    return "{}"


@method_of(ApplicationAutoScalingResponse)
def untag_resource(self):
    kept = tags.of(self).get(self._get_param("ResourceARN"), {})
    for key in self._get_param("TagKeys") or []:
        kept.pop(key, None)
    return "{}"
