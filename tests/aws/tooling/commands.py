"""Runs commands of the AWS command line one after the other, without starting it for each.

Reads one command a line, as JSON: {"args": [...], "environment": {...}}.
Answers with a line: {"exitCode": 0, "stdout": "...", "stderr": "..."}.
"""

import contextlib
import io
import json
import os
import sys

from awscli.clidriver import create_clidriver

own = dict(os.environ)
answers = sys.stdout
for line in sys.stdin:
    command = json.loads(line)
    os.environ.clear()
    os.environ.update(own | command["environment"])
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        try:
            code = create_clidriver().main(command["args"])
        except SystemExit as ended:
            code = ended.code
    stdout, stderr = (stream.buffer.getvalue().decode() for stream in streams)
    print(json.dumps({"exitCode": code or 0, "stdout": stdout, "stderr": stderr}), file=answers, flush=True)
