"""ECS: a service reports every setting that it was given; moto keeps some of them only."""

from moto.core.utils import camelcase_to_underscores
from moto.ecs.responses import EC2ContainerServiceResponse

from extension import method_of

original_create = EC2ContainerServiceResponse.create_service
original_update = EC2ContainerServiceResponse.update_service
not_settings = {"cluster", "service", "service_name", "task_definition", "tags", "force_new_deployment"}


@method_of(EC2ContainerServiceResponse)
def create_service(self):
    answer = original_create(self)
    keep_settings(answer.result["service"], self._get_params(), only_missing=True)
    return answer


@method_of(EC2ContainerServiceResponse)
def update_service(self):
    answer = original_update(self)
    keep_settings(answer.result["service"], self._get_params(), only_missing=False)
    return answer


def keep_settings(service, given, only_missing):
    for name, value in given.items():
        field = camelcase_to_underscores(name)
        if field in not_settings or (only_missing and getattr(service, field, None) is not None):
            continue
        try:
            setattr(service, field, value)
        except AttributeError:
            pass  # moto computes this one
