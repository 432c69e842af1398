"""See scale.py: the exchange's rules, for frames whose columns numpy reads."""

import numpy as np


def off_tick(frame, task):
    """The share of the four prices of each row that lie off the tick."""
    off = np.zeros(len(frame))
    for name in ("open", "high", "low", "close"):
        price = frame[name].to_numpy()
        tick = stepped(task["rules"]["ticks"], price, "left")
        off += np.abs(price - np.round(price / tick) * tick) > 1e-6 * price
    return off / 4


def stepped(table, values, side):
    limits, steps = (np.array(column) for column in zip(*table))
    return steps[np.minimum(np.searchsorted(limits, values, side), len(steps) - 1)]
