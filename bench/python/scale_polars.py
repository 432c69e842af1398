"""See scale.py."""

import glob

import numpy as np
import polars as pl

from scale_rules import off_tick, stepped

VALUES = ("open", "high", "low", "close", "volume")
SCHEMA = {"date": pl.Date} | {name: pl.Float64 for name in VALUES}


def import_bars(task):
    files = sorted(glob.glob(f"{task['folder']}/*.csv"))
    raw = pl.scan_csv(files, schema=SCHEMA, include_file_paths="path").collect()
    named = raw.with_columns(symbol=pl.col("path").str.slice(len(task["folder"]) + 1, 4)).drop("path")
    good = judged(named, task)
    share_off_tick(good, task)
    good.select("symbol", "date", *VALUES).write_parquet(task["output"], compression="zstd")
    return len(raw), len(good)


def update(task):
    stored = pl.read_parquet(task["stored"])
    day = pl.read_csv(task["file"], schema={"code": pl.String} | SCHEMA).rename({"code": "symbol"})
    before = stored.group_by("symbol", maintain_order=True).last().select(day.columns)
    good = judged(pl.concat([before, day]), task).join(day.select("symbol", "date"), on=["symbol", "date"], how="semi")
    share_off_tick(good, task)
    added = good.select("symbol", "date", *VALUES)
    whole = pl.concat([stored, added]).unique(["symbol", "date"], keep="last").sort("symbol", "date")
    whole.write_parquet(task["output"], compression="zstd")
    return len(day), len(added)


def judged(frame, task):
    """The good rows, by symbol and date."""
    sessions = pl.Series(task["rules"]["sessions"]).str.to_date()
    numbered = pl.DataFrame({"date": sessions, "session": np.arange(len(sessions))})
    o, h, l, c, v = (pl.col(name) for name in VALUES)
    own = (
        (pl.min_horizontal(o, h, l, c) > 0)
        & (pl.max_horizontal(o, h, l, c) <= 1e9)
        & (v >= 0)
        & (v <= 1e12)
        & (v == v.floor())
        & (h >= l)
        & (pl.min_horizontal(o, c) >= l * 0.999999)
        & (pl.max_horizontal(o, c) <= h * 1.000001)
        & ~((v == 0) & (o == h) & (o == l) & (o == c))
    )
    once = frame.filter(own).join(numbered, on="date").sort("symbol", "date").unique(["symbol", "date"], keep="first", maintain_order=True)
    before = once.with_columns(previous=c.shift().over("symbol"), elapsed=pl.col("session") - pl.col("session").shift().over("symbol"))
    limit = stepped(task["rules"]["limits"], before["previous"].to_numpy(), "right")
    room = 2 * before["elapsed"] * pl.Series(limit)
    first = before["previous"].is_null() | (before["elapsed"] > 6)
    within = (before["low"] >= before["previous"] - room) & (before["high"] <= before["previous"] + room)
    return before.filter(first | within)


def share_off_tick(frame, task):
    """By symbol, which shows whether prices were adjusted."""
    return frame.select("symbol", off=pl.Series(off_tick(frame, task))).group_by("symbol").mean()
