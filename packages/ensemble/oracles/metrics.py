"""Writes metrics.golden.json: what scikit-learn and SciPy say of direction and rank measures.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install scikit-learn==1.9.1 scipy==1.17.1
    /tmp/oracle/bin/python packages/ensemble/oracles/metrics.py

Scores have ties on purpose. The gamma regression is scikit-learn's GammaRegressor, whose `alpha` is the penalty / (rows).
"""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.stats import norm, spearmanr
from sklearn.linear_model import GammaRegressor
from sklearn.metrics import brier_score_loss, roc_auc_score


def main() -> None:
    random = np.random.default_rng(20261125)
    outcomes = np.round(random.normal(size=60), 3)
    scores = np.round(0.3 * outcomes + random.normal(size=60), 1)
    probabilities = np.round(1 / (1 + np.exp(-scores)), 4)
    rose = (outcomes > 0).astype(int)
    golden = {
        "source": f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}",
        "outcomes": outcomes.tolist(),
        "scores": scores.tolist(),
        "probabilities": probabilities.tolist(),
        "areaUnderCurve": roc_auc_score(rose, scores),
        "brier": brier_score_loss(rose, probabilities),
        "rankCorrelation": spearmanr(scores, outcomes).statistic,
        "quantiles": {str(p): float(np.quantile(outcomes, p)) for p in (0.0, 0.035, 0.5, 0.965, 1.0)},
        "normalHalfWidth": float(norm.ppf(0.965)),
        "gammaRegression": gamma_regression(random),
    }
    path = Path(__file__).with_suffix(".golden.json")
    path.write_text(json.dumps(golden) + "\n", encoding="utf-8")


def gamma_regression(random: np.random.Generator) -> dict:
    rows = 80
    features = np.round(random.normal(size=(rows, 3)) * [1, 5, 0.1] + [0, 10, 1], 4)
    mean = np.exp(0.2 + 0.3 * features[:, 0] - 0.05 * features[:, 1])
    target = np.round(random.gamma(2, mean / 2), 4) + 0.0001
    standard = (features - features.mean(0)) / features.std(0)
    penalty = 5.0
    model = GammaRegressor(alpha=penalty / rows, tol=1e-12, max_iter=10_000).fit(standard, target)
    return {
        "features": features.tolist(),
        "target": target.tolist(),
        "penalty": penalty,
        "logMeans": np.log(model.predict(standard)).tolist(),
    }


if __name__ == "__main__":
    main()
