"""Import of bars by pandas: `python scale.py '<task as JSON>'` prints what it took and kept as JSON.

Reads a folder of CSV files, one a symbol, judges each row as the platform does, and writes one parquet file sorted by symbol and date.
Processor seconds are those of the whole process from its start, as those of the platform's command are.
"""

import glob
import json
import sys
import time

import numpy as np
import pandas as pd

from own_costs import peak_megabytes

VALUES = ["open", "high", "low", "close", "volume"]


def import_bars(task):
    files = sorted(glob.glob(f"{task['folder']}/*.csv"))
    frames = [pd.read_csv(file, parse_dates=["date"]) for file in files]
    symbols = np.repeat([file[-8:-4] for file in files], [len(frame) for frame in frames])
    raw = pd.concat(frames, ignore_index=True)
    raw["symbol"] = pd.Categorical(symbols)
    good = judged(raw, task)
    share_off_tick(good, task)
    good[["symbol", "date", *VALUES]].to_parquet(task["output"], compression="zstd", index=False)
    return len(raw), len(good)


def judged(frame, task):
    """The good rows, by symbol and date."""
    sessions = pd.to_datetime(task["rules"]["sessions"]).to_numpy()
    days = frame["date"].to_numpy().astype(sessions.dtype)
    session = np.minimum(np.searchsorted(sessions, days), len(sessions) - 1)
    o, h, l, c, v = (frame[name].to_numpy() for name in VALUES)
    lowest, highest = np.minimum(o, c), np.maximum(o, c)
    own = (np.minimum(lowest, l) > 0) & (np.maximum(highest, h) <= 1e9) & (v >= 0) & (v <= 1e12) & (v == np.floor(v)) & (h >= l)
    own &= (lowest >= l * 0.999999) & (highest <= h * 1.000001) & ~((v == 0) & (o == h) & (o == l) & (o == c))
    own &= sessions[session] == days
    good = frame.assign(session=session)[own].sort_values(["symbol", "date"], kind="stable").drop_duplicates(["symbol", "date"])
    grouped = good.groupby("symbol", observed=True, sort=False)
    previous, elapsed = grouped["close"].shift().to_numpy(), (good["session"] - grouped["session"].shift()).to_numpy()
    room = 2 * elapsed * stepped(task["rules"]["limits"], previous, "right")
    within = (good["low"].to_numpy() >= previous - room) & (good["high"].to_numpy() <= previous + room)
    return good[np.isnan(previous) | (elapsed > 6) | within]


def share_off_tick(frame, task):
    """The share of prices off the tick by symbol, which shows whether they were adjusted."""
    off = np.zeros(len(frame))
    for name in ("open", "high", "low", "close"):
        price = frame[name].to_numpy()
        tick = stepped(task["rules"]["ticks"], price, "left")
        off += np.abs(price - np.round(price / tick) * tick) > 1e-6 * price
    return pd.Series(off / 4).groupby(frame["symbol"].to_numpy()).mean()


def stepped(table, values, side):
    limits, steps = (np.array(column) for column in zip(*table))
    return steps[np.minimum(np.searchsorted(limits, values, side), len(steps) - 1)]


rows, kept = import_bars(json.loads(sys.argv[1]))
print(json.dumps({"cpuSeconds": time.process_time(), "peakMegabytes": peak_megabytes(), "rows": rows, "kept": kept}))
