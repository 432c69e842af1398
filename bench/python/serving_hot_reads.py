"""The peer: FastAPI that answers the same JSON from memory. `python serving_hot_reads.py '{"bodies": {path: file}}'` prints its port.

`/v1/...` answers objects, which FastAPI makes JSON of for each request; `/bytes/v1/...` answers bytes that were made once.
Set up to be fast: uvicorn with uvloop and httptools, no access log, endpoints that stay on the event loop.
"""

import json
import socket
import sys

import uvicorn
from fastapi import FastAPI, Response

app = FastAPI()


def serve(path, file):
    with open(file, "rb") as opened:
        body = opened.read()
    value = json.loads(body)

    @app.get(path)
    async def as_object():
        return value

    @app.get("/bytes" + path)
    async def as_bytes():
        return Response(body, media_type="application/json")


for path, file in json.loads(sys.argv[1])["bodies"].items():
    serve(path, file)

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
settings = uvicorn.Config(app, loop="uvloop", http="httptools", access_log=False, log_level="warning", backlog=2048)
uvicorn.Server(settings).run([listener])
