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

SEEDS = (21, 22, 23)
HALF = 2500
TREES = 60
# The rows of src/testing/simulated-data.ts: xoshiro128** seeded by splitmix32.
MASK = 0xFFFFFFFF


def _rotate_left(x, bits):
    return ((x << bits) | (x >> (32 - bits))) & MASK


class Random:
    def __init__(self, seed):
        z = seed & MASK
        self.state = []
        for _ in range(4):
            z = (z + 0x9E3779B9) & MASK
            mixed = ((z ^ (z >> 16)) * 0x21F0AAAD) & MASK
            mixed = ((mixed ^ (mixed >> 15)) * 0x735A2D97) & MASK
            self.state.append(mixed ^ (mixed >> 15))

    def uniform(self):
        s = self.state
        result = (_rotate_left((s[1] * 5) & MASK, 7) * 9) & MASK
        shifted = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = _rotate_left(s[3], 11)
        return result / 2**32

    def normal(self):
        return (self.uniform() + self.uniform() + self.uniform() + self.uniform() - 2) * np.sqrt(3)


def simulate(rows, seed):
    random = Random(seed)
    x = np.empty((rows, 8))
    target, cls, positive, weight = (np.empty(rows) for _ in range(4))
    for row in range(rows):
        for f in range(8):
            x[row, f] = random.normal()
        missing = random.uniform() < 0.05
        v = x[row]
        signal = v[0] + abs(v[1]) + (v[2] if v[3] > 0 else -0.5 * v[2]) + (1 if missing else 0)
        target[row] = signal + random.normal()
        cls[row] = 1 if signal + random.normal() > 0.8 else 0
        positive[row] = (0.2 + v[0] * v[0] + (1 if v[4] > 0.5 else 0)) * (0.2 + 1.6 * random.uniform())
        weight[row] = 0.5 + random.uniform()
        if missing:
            x[row, 1] = np.nan
    return x, target, cls, positive, weight


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
