"""Writes isotonic.golden.json: what scikit-learn's IsotonicRegression says of scores with ties.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install scikit-learn==1.9.1
    /tmp/oracle/bin/python packages/ensemble/oracles/isotonic.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.isotonic import IsotonicRegression


def main() -> None:
    random = np.random.default_rng(20261126)
    scores = np.round(random.normal(size=200), 1)
    rose = (random.random(200) < 1 / (1 + np.exp(-scores))).astype(int)
    model = IsotonicRegression(y_min=0.01, y_max=0.99, out_of_bounds="clip").fit(scores, rose)
    asked = np.round(np.linspace(-4, 4, 161), 3)
    golden = {
        "source": f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}",
        "scores": scores.tolist(),
        "rose": rose.tolist(),
        "asked": asked.tolist(),
        "probabilities": model.predict(asked).tolist(),
    }
    path = Path(__file__).with_suffix(".golden.json")
    path.write_text(json.dumps(golden) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
