"""The peer: FastAPI and LightGBM, one validated route that predicts a row. `python serving_one_row.py '{"model": path}'` prints its port.

Set up to be fast: uvicorn with uvloop and httptools, no access log, an endpoint that stays on the event loop.
"""

import json
import socket
import sys
from typing import Annotated

import lightgbm
import numpy as np
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, Field

booster = lightgbm.Booster(model_file=json.loads(sys.argv[1])["model"])
columns = booster.num_feature()


class Row(BaseModel):
    values: Annotated[list[float | None], Field(min_length=columns, max_length=columns)]


class Prediction(BaseModel):
    prediction: float


app = FastAPI()


@app.post("/v1/predictions")
async def predict(row: Row) -> Prediction:
    values = np.array([row.values], dtype=np.float64)
    return Prediction(prediction=booster.predict(values, num_threads=1)[0])


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
settings = uvicorn.Config(app, loop="uvloop", http="httptools", access_log=False, log_level="warning")
uvicorn.Server(settings).run([listener])
