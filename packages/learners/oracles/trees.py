"""Writes trees.golden.json: the holdout losses of LightGBM, XGBoost, CatBoost and scikit-learn on simulated rows.

    pip install numpy lightgbm xgboost catboost scikit-learn && python oracles/trees.py

Each figure is the mean over three seeds of 2,500 training and 2,500 holdout rows, at the settings that the test uses too.
"""

import json
from pathlib import Path

import catboost
import lightgbm
import numpy as np
import sklearn
import xgboost
from sklearn.ensemble import RandomForestRegressor

from simulated_data import simulate

SEEDS = (21, 22, 23)
HALF = 2500
TREES = 60


def half_squared(y, p):
    return np.mean(0.5 * (y - p) ** 2)


def pinball(y, p):
    return np.mean(np.where(y > p, 0.9 * (y - p), 0.1 * (p - y)))


def gamma(y, p):
    return np.mean(np.log(p) + y / p)


def light_gbm(x, y, xt, **settings):
    base = dict(num_leaves=15, learning_rate=0.1, min_data_in_leaf=20, lambda_l2=1, min_data_in_bin=1, verbosity=-1)
    data = lightgbm.Dataset(x, y)
    return lightgbm.train({**base, "num_threads": 1, "deterministic": True, **settings}, data, TREES).predict(xt)


def xg_boost(x, y, xt):
    settings = dict(max_depth=5, eta=0.1, reg_lambda=1, gamma=2, tree_method="hist", max_bin=254, min_child_weight=20)
    model = xgboost.train({**settings, "nthread": 1}, xgboost.DMatrix(x, y), TREES)
    return model.predict(xgboost.DMatrix(xt)).astype(float)


def cat_boost(x, y, xt):
    settings = dict(iterations=TREES, learning_rate=0.1, depth=5, l2_leaf_reg=3, border_count=254, random_seed=1)
    return catboost.CatBoostRegressor(**settings, thread_count=1, verbose=0, allow_writing_files=False).fit(x, y).predict(xt)


def forest(x, y, xt):
    settings = dict(n_estimators=TREES, max_depth=10, min_samples_leaf=5, max_features=1 / 2, random_state=1, n_jobs=1)
    return RandomForestRegressor(**settings).fit(x, y).predict(xt)


losses = {}
for seed in SEEDS:
    x, target, _, positive, _ = simulate(2 * HALF, seed)
    a, b = slice(0, HALF), slice(HALF, None)
    found = {
        "squared": half_squared(target[b], light_gbm(x[a], target[a], x[b], objective="regression")),
        "pinball": pinball(target[b], light_gbm(x[a], target[a], x[b], objective="quantile", alpha=0.9)),
        "gamma": gamma(positive[b], light_gbm(x[a], positive[a], x[b], objective="gamma")),
        "depthWise": half_squared(target[b], xg_boost(x[a], target[a], x[b])),
        "symmetric": half_squared(target[b], cat_boost(x[a], target[a], x[b])),
        "forest": half_squared(target[b], forest(x[a], target[a], x[b])),
    }
    for name, loss in found.items():
        losses[name] = losses.get(name, 0) + float(loss) / len(SEEDS)

golden = {
    "versions": {
        "lightgbm": lightgbm.__version__,
        "xgboost": xgboost.__version__,
        "catboost": catboost.__version__,
        "scikitLearn": sklearn.__version__,
    },
    "holdoutLoss": losses,
}
Path(__file__).parent.joinpath("trees.golden.json").write_text(json.dumps(golden, indent=1) + "\n")
