"""Writes linear.golden.json: coefficients of scikit-learn's Ridge and LogisticRegression.

    pip install numpy scikit-learn && python oracles/linear.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler

from simulated_data import simulate


def on_own_scale(model, scaler):
    coefficients = np.ravel(model.coef_) / scaler.scale_
    intercept = float(np.ravel(model.intercept_)[0] - coefficients @ scaler.mean_)
    return {"coefficients": coefficients.tolist(), "intercept": intercept}


x, target, cls, _, weight = simulate(500, 11)
golden = {"scikitLearn": sklearn.__version__}
for name, weights in (("plain", None), ("weighted", weight)):
    known = ~np.isnan(x[:, 1])
    filled = x.copy()
    filled[~known, 1] = np.average(x[known, 1], weights=None if weights is None else weights[known])
    scaler = StandardScaler().fit(filled, sample_weight=weights)
    z = scaler.transform(filled)
    ridge = Ridge(alpha=25, solver="cholesky").fit(z, target, sample_weight=weights)
    logistic = LogisticRegression(C=1 / 25, solver="newton-cholesky", tol=1e-13, max_iter=1000)
    logistic.fit(z, cls, sample_weight=weights)
    golden[name] = {"ridge": on_own_scale(ridge, scaler), "logistic": on_own_scale(logistic, scaler)}

Path(__file__).parent.joinpath("linear.golden.json").write_text(json.dumps(golden, indent=1) + "\n")
