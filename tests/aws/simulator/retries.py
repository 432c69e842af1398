"""A request that its client sends again, since the answer was late or lost, gets the answer of the first: moto would do it twice."""

from collections import OrderedDict
from threading import Lock

from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from extension import method_of

# SDKs send one number with every attempt at a request. As many answers are kept as clients could still be waiting for.
KEPT = 500
attempts = OrderedDict()
choosing = Lock()
original_call = DomainDispatcherApplication.__call__


class Answer:
    """What the first attempt got; a second one waits for it."""

    def __init__(self):
        self.lock = Lock()
        self.status = None
        self.headers = []
        self.body = b""

    def is_final(self):
        return self.status is not None and not self.status.startswith("5")

    def take_from(self, application, environ):
        def start_response(status, headers, exc_info=None):
            self.status, self.headers = status, headers

        chunks = original_call(application, environ, start_response)
        self.body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()


def answer_of(invocation):
    with choosing:
        answer = attempts.setdefault(invocation, Answer())
        if len(attempts) > KEPT:
            attempts.popitem(last=False)
        return answer


@method_of(DomainDispatcherApplication)
def __call__(self, environ, start_response):
    invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
    if invocation is None or environ["REQUEST_METHOD"] in ("GET", "HEAD"):
        return original_call(self, environ, start_response)
    answer = answer_of(invocation)
    with answer.lock:
        if not answer.is_final():
            answer.take_from(self, environ)
    start_response(answer.status, answer.headers)
    return [answer.body]
