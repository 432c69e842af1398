"""See scale.py."""

import glob

import numpy as np
import pandas as pd

from scale_rules import off_tick, stepped

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


def update(task):
    stored = pd.read_parquet(task["stored"])
    day = pd.read_csv(task["file"], parse_dates=["date"], dtype={"code": str}).rename(columns={"code": "symbol"})
    day["symbol"] = pd.Categorical(day["symbol"], categories=stored["symbol"].cat.categories)
    before = stored.groupby("symbol", observed=True).tail(1)
    both = judged(pd.concat([before, day], ignore_index=True), task)
    added = both.merge(day[["symbol", "date"]], on=["symbol", "date"])
    share_off_tick(added, task)
    whole = pd.concat([stored, added[["symbol", "date", *VALUES]]], ignore_index=True)
    whole = whole.drop_duplicates(["symbol", "date"], keep="last").sort_values(["symbol", "date"])
    whole.to_parquet(task["output"], compression="zstd", index=False)
    return len(day), len(added)


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
    """By symbol, which shows whether prices were adjusted."""
    return pd.Series(off_tick(frame, task)).groupby(frame["symbol"].to_numpy()).mean()
