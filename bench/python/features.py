"""The feature columns by a peer: `python features.py '<task as JSON>'` prints CPU seconds and column names, and writes the columns that it has
to "output" where that is named.

The panel is a file of 64-bit floats: days, then open, high, low, close and volume, each sessions x symbols.
"""

import json
import sys

import numpy as np

from own_costs import cpu_timed

NAMES = ("open", "high", "low", "close", "volume")


def read_panel(file):
    sessions, symbols = file["sessions"], file["symbols"]
    values = np.fromfile(file["path"])
    columns = values[sessions:].reshape(len(NAMES), sessions, symbols)
    return {"days": values[:sessions].astype(np.int64)} | dict(zip(NAMES, columns))


def peer(library):
    """Functions: frames of the panel, columns of the frames, columns as arrays."""
    if library == "polars":
        import features_polars as polars

        return polars.long_frame, polars.compute, polars.columns_of
    import features_pandas as pandas

    if library == "pandas-wide":
        return pandas.wide_frames, pandas.compute_wide, pandas.columns_wide
    return pandas.frames_by_symbol, pandas.compute_by_symbol, pandas.columns_by_symbol


task = json.loads(sys.argv[1])
panel = read_panel(task["panel"])
frames_of, compute, arrays_of = peer(task["library"])
frames = frames_of(panel)
runs = [cpu_timed(lambda: compute(frames)) for _ in range(task["repeats"])]
names = task["names"]
if "output" in task:
    arrays = arrays_of(runs[0][0], panel)
    names = [name for name in names if name in arrays]
    # What is the same for all symbols counts only where a symbol has a bar.
    present = ~np.isnan(panel["close"])
    np.stack([np.where(present, arrays[name], np.nan) for name in names]).tofile(task["output"])
print(json.dumps({"cpuSeconds": min(seconds for _, seconds in runs), "names": names}))
