"""What every extension of the simulator needs: adding methods to moto's classes, records of what moto does not keep, errors."""

import json
import urllib.parse

from moto.core.exceptions import ServiceException


def method_of(*classes):
    """Makes a function a method of each class, under its own name; a method of that name is replaced."""

    def add(function):
        for cls in classes:
            setattr(cls, function.__name__, function)
        return function

    return add


class Records:
    """Things of one kind, kept for each account and region, as the services of AWS do."""

    def __init__(self):
        self._by_place = {}

    def of(self, response):
        return self._by_place.setdefault((response.current_account, response.region), {})


def refuse(code, message, status=400):
    """Answers with an error of the service, such as ResourceNotFoundException."""
    raise type(code, (ServiceException,), {"code": code, "status_code": status})(message)


def given_body(response):
    """The JSON body of a request."""
    return json.loads(response.body or "{}")


def path_after(response, marker):
    """The parts of the request's path behind a marker, unquoted."""
    return [urllib.parse.unquote(part) for part in response.raw_path.split(marker, 1)[1].strip("/").split("/")]
