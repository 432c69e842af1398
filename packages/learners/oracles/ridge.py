"""Writes ridge.golden.json: coefficients of scikit-learn's Ridge.

    pip install numpy scikit-learn && python oracles/ridge.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

from simulated_data import simulate


def on_own_scale(model, scaler):
    coefficients = np.ravel(model.coef_) / scaler.scale_
    intercept = float(np.ravel(model.intercept_)[0] - coefficients @ scaler.mean_)
    return {"coefficients": coefficients.tolist(), "intercept": intercept}


x, target, _, _, _ = simulate(500, 11)
known = ~np.isnan(x[:, 1])
filled = x.copy()
filled[~known, 1] = np.average(x[known, 1])
scaler = StandardScaler().fit(filled)
ridge = Ridge(alpha=25, solver="cholesky").fit(scaler.transform(filled), target)
golden = {"scikitLearn": sklearn.__version__, **on_own_scale(ridge, scaler)}

Path(__file__).parent.joinpath("ridge.golden.json").write_text(json.dumps(golden, indent=1) + "\n")
