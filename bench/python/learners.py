"""One measurement of a peer in a process of its own: `python learners.py '<task as JSON>'` prints its result as JSON.

The tasks are those of ../learners/tasks.ts, with the peer's own names of the settings under "peer".
"""

import json
import sys

import numpy as np

from own_costs import cpu_timed, peak_megabytes


def read_rows(file):
    """Features as 32-bit floats (a view in columns, as the file holds them) and target."""
    rows, columns = file["rows"], file["columns"]
    values = np.fromfile(file["path"], np.float32, rows * columns)
    return values.reshape(columns, rows).T, np.fromfile(file["path"], offset=values.nbytes)


def import_lightgbm():
    # LightGBM imports these when they are there and then weighs 100 MB more; the comparison of memory is not to rest on
    # that.
    for optional in ("pandas", "sklearn", "matplotlib", "graphviz", "pyarrow", "dask"):
        sys.modules[optional] = None
    import lightgbm

    return lightgbm


def fit_lightgbm(parameters, x, y):
    lightgbm = import_lightgbm()
    settings = {"objective": "regression", "num_threads": 1, "verbosity": -1, **parameters}
    trees = settings.pop("trees")
    return cpu_timed(lambda: lightgbm.train(settings, lightgbm.Dataset(x, y), trees))


def fit_catboost(parameters, x, y):
    import catboost

    model = catboost.CatBoostRegressor(**parameters, thread_count=1, verbose=0, allow_writing_files=False)
    return cpu_timed(lambda: model.fit(x, y))


def fit_scikit_learn(parameters, x, y):
    from sklearn.ensemble import RandomForestRegressor

    model = RandomForestRegressor(**parameters, n_jobs=1)
    return cpu_timed(lambda: model.fit(x, y))


FIT = {"lightgbm": fit_lightgbm, "catboost": fit_catboost, "scikit-learn": fit_scikit_learn}


def fit(task):
    peer = task["peer"]
    x, y = read_rows(task["rows"])
    model, seconds = FIT[peer["library"]](peer["parameters"], x, y)
    peak = peak_megabytes()
    if "model" in task:
        model.save_model(task["model"])
    holdout, expected = read_rows(task["holdout"])
    rmse = np.sqrt(np.mean((model.predict(holdout) - expected) ** 2))
    return {"cpuSeconds": seconds, "peakMegabytes": peak, "rmse": float(rmse)}


def batch(task):
    booster = import_lightgbm().Booster(model_file=task["model"])
    x, _ = read_rows(task["holdout"])
    seconds = [cpu_timed(lambda: booster.predict(x, num_threads=1))[1] for _ in range(task["repeats"])]
    return {"rowsPerSecond": len(x) / min(seconds)}


task = json.loads(sys.argv[1])
print(json.dumps({"fit": fit, "batch": batch}[task["kind"]](task)))
