"""GARCH(1,1) with Student's t: half widths of intervals for the next log return, one step ahead, from data up to the session only.

`python garch.py '<task as JSON>'`. The closes are a file of 64-bit floats, sessions x symbols, NaN without a bar. Written is a file of the
same shape: at (t, s) the half width of the interval around 0 for the return from session t to the symbol's next bar, NaN where there is none.
Parameters are estimated anew every few sessions on all returns so far (zero mean, maximum likelihood, the package arch).
"""

import json
import sys
import warnings

import numpy as np
from arch import arch_model

from own_costs import cpu_timed

warnings.filterwarnings("ignore")
task = json.loads(sys.argv[1])
closes = np.fromfile(task["closes"]).reshape(task["sessions"], task["symbols"])


def model_of(returns):
    return arch_model(returns, mean="Zero", vol="GARCH", p=1, q=1, dist="t", rescale=False)


def half_widths(close):
    widths = np.full(len(close), np.nan)
    at = np.flatnonzero(~np.isnan(close))
    # In percent, as the package wants them; returns[i] is the one into bar i + 1.
    returns = 100 * np.diff(np.log(close[at]))
    for begin in range(task["from"], len(close), task["refitEvery"]):
        known = np.searchsorted(at, begin, side="right") - 1
        last = np.searchsorted(at, begin + task["refitEvery"] - 1, side="right") - 1
        if known < 100:
            continue
        fitted = model_of(returns[:known]).fit(disp="off", show_warning=False)
        degrees = fitted.params["nu"]
        quantile = model_of(returns[:known]).distribution.ppf(np.array([1 - task["alpha"] / 2]), np.array([degrees]))[0]
        # One entry more than there are returns: the volatility at i depends on the returns before i only.
        filtered = model_of(np.append(returns[:last], 0.0)).fix(fitted.params).conditional_volatility
        for bar in range(known, last + 1):
            widths[at[bar]] = quantile * filtered[bar] / 100
    return widths


def all_widths():
    return np.stack([half_widths(closes[:, s]) for s in range(task["symbols"])], axis=1)


widths, seconds = cpu_timed(all_widths)
widths.tofile(task["output"])
print(json.dumps({"cpuSeconds": seconds}))
