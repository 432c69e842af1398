"""The bars and the rules that the peers of the backtest run: moving averages crossed, breakouts, falls."""

import json

import numpy as np
import pandas as pd


def load(path):
    """One frame of bars for each symbol."""
    with open(path) as file:
        data = json.load(file)
    names = ("Open", "High", "Low", "Close", "Volume")
    return [
        pd.DataFrame({name: symbol[name] for name in names}, index=pd.to_datetime(symbol["days"], unit="D"))
        for symbol in data["symbols"]
    ]


def sums(values, window):
    """Exact sums of the last prices, in hundredths of a yen, so that no side rounds."""
    whole = np.rint(np.asarray(values) * 100).astype(np.int64)
    total = np.concatenate(([0], np.cumsum(whole)))
    result = np.full(len(whole), -1, dtype=np.int64)
    result[window - 1:] = total[window:] - total[:-window]
    return result


def wanted(name, frame):
    """Where a rule wants to hold the stock after a close."""
    close = frame["Close"].to_numpy()
    if name == "cross":
        fast, slow = sums(close, 10), sums(close, 30)
        held = fast * 3 > slow
        held[:29] = False
        return held
    held = np.zeros(len(close), dtype=bool)
    for t in range(21, len(close)):
        if name == "breakout":
            if close[t] > close[t - 20:t].max():
                held[t] = True
            elif close[t] < close[t - 10:t].min():
                held[t] = False
            else:
                held[t] = held[t - 1]
        else:
            held[t] = close[t] < close[t - 1] < close[t - 2]
    return held


def traded(name, frame, shares):
    """Shares that are bought at the open of each bar, negative ones sold: what was wanted at the close before."""
    held = wanted(name, frame)
    before = np.concatenate(([False], held[:-1]))
    earlier = np.concatenate(([False], before[:-1]))
    return np.where(before & ~earlier, shares, np.where(~before & earlier, -shares, 0)).astype(float)
