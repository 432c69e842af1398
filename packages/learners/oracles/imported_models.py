"""Writes the small models of imported/ and imported/predictions.golden.json: what LightGBM and XGBoost predict with them.

    pip install numpy lightgbm xgboost && python oracles/imported_models.py

The models learn from 1,500 simulated rows. They predict 120 others, where every third row also has a value missing in a column that
had none in training, and every fifth one a 0. LightGBM also splits its prediction into contributions.
"""

import json
from pathlib import Path

import lightgbm
import numpy as np
import xgboost

from simulated_data import simulate

FOLDER = Path(__file__).parent / "imported"
TREES = 12

x, target, cls, positive, _ = simulate(1500, 61)
rows, *_ = simulate(120, 62)
for r in range(0, 120, 3):
    rows[r, r % 8] = np.nan
for r in range(0, 120, 5):
    rows[r, (r + 1) % 8] = 0

golden = {"versions": {"lightgbm": lightgbm.__version__, "xgboost": xgboost.__version__}, "models": {}}


# For a forest, raw scores and contributions of LightGBM belong to the sum of the trees, its prediction to their mean.
def light_gbm(name, y, trees_in_mean=1, **settings):
    base = dict(num_leaves=7, learning_rate=0.2, min_data_in_leaf=20, verbosity=-1, num_threads=1, deterministic=True, seed=1)
    model = lightgbm.train({**base, **settings}, lightgbm.Dataset(x, y), TREES)
    model.save_model(FOLDER / f"{name}.txt")
    contributions = model.predict(rows, pred_contrib=True) / trees_in_mean
    golden["models"][f"{name}.txt"] = {
        "prediction": model.predict(rows).tolist(),
        "raw": (model.predict(rows, raw_score=True) / trees_in_mean).tolist(),
        "contributions": contributions[:24].tolist(),
    }


def xg_boost(name, y, **settings):
    base = dict(max_depth=3, eta=0.2, min_child_weight=5, nthread=1, seed=1)
    model = xgboost.train({**base, **settings}, xgboost.DMatrix(x, y), TREES)
    model.save_model(FOLDER / f"{name}.golden.json")
    data = xgboost.DMatrix(rows)
    golden["models"][f"{name}.golden.json"] = {
        "prediction": model.predict(data).astype(float).tolist(),
        "raw": model.predict(data, output_margin=True).astype(float).tolist(),
        "contributions": model.predict(data, pred_contribs=True).astype(float)[:24].tolist(),
    }


FOLDER.mkdir(exist_ok=True)
light_gbm("light-gbm-regression", target, objective="regression")
light_gbm("light-gbm-binary", cls, objective="binary")
light_gbm("light-gbm-quantile", target, objective="quantile", alpha=0.9)
light_gbm("light-gbm-gamma", positive, objective="gamma")
light_gbm("light-gbm-forest", target, TREES, objective="regression", boosting="rf", bagging_fraction=0.6, bagging_freq=1)
xg_boost("xg-boost-regression", target, objective="reg:squarederror")
xg_boost("xg-boost-binary", cls, objective="binary:logistic")
xg_boost("xg-boost-gamma", positive, objective="reg:gamma")
(FOLDER / "predictions.golden.json").write_text(json.dumps(golden) + "\n")
